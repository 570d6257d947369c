"""The map as vector (shown everywhere) and with points and columns on top (where the machine can draw them)."""
