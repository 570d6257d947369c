"""Where a plan is kept: SQLite and the embedded example."""
