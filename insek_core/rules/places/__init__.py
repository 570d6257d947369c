"""Districts and indicators."""
