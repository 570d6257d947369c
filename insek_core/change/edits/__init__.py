"""What each kind of change does to a plan: functions of a bench, a target and a value."""
