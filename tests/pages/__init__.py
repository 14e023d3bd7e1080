"""What must hold of every page."""
