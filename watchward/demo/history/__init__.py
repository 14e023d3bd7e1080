"""The two years to 30 June 2019: who was known, what was reported, who went, what became of it."""
