"""The goal system: what serves what, and which goals are backed."""
