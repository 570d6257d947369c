"""What comes in and goes out as a file. FORMATS says which ending is read and written by what."""
