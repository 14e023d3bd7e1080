"""Pages of coming in, of what one proves oneself by, and of locked records."""
