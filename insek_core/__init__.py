"""INSEK cockpit: one plan of money, time, goals, places and people, and what happens to all of it on a change."""
