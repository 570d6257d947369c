"""What a change does in German sentences: money, time, goals, people, and what has to be done about it."""
