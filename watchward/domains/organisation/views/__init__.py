"""Pages of the force for everybody, and of its staff for administrators."""
