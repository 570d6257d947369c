"""The screen of indicators and map."""
