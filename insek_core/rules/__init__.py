"""What is true of a plan. Pure functions on frozen records: no files, no clock, no chance."""
