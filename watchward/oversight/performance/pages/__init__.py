"""What the pages of performance show."""
