"""Statistics as offices publish them: tables of areas and years become figures of the plan, with a dry run first."""
