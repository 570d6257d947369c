"""What leaves the house: the assessment as plain data."""
