"""Pages that are generated from the house itself, so that they cannot drift: law, roles, data, and the report's rows."""
