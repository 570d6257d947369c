"""Schedules of Microsoft Project (MSPDI): the file, its calendars, its critical path, and its rows as a plan."""
