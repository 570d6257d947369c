"""Grant law, years, budget lines and the drawdown: what the plan costs whom, and when."""
