"""Pictures as Altair charts. Each has a twin in views/tables.py and a German description with its numbers."""
