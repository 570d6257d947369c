"""What is uncertain: the risk of the money and the forecast of the dates."""
