"""What a published row may hold, how areas are drawn, how counts are stepped, and what a category weighs."""
