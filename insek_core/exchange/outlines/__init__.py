"""Outlines of areas as offices publish them: GeoJSON checked, simplified with shared borders kept, taken over."""
