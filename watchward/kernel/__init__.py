"""Pure Python, no policing and no Django: time, dated law, lifecycles, refusals and seeded randomness."""
