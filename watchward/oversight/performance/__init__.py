"""How the force is doing: every measure on a page, judged, and explained where it gets worse."""
