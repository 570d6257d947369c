"""A list of goals as it stands in an annex: its lines, how deep each lies, which goal it is, what it makes of a
plan.
"""
