"""Participation, the draw of seats, and the departments with their person-days."""
