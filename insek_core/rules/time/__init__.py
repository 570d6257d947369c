"""Working days, steps, papers and sittings: when what happens."""
