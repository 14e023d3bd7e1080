"""Pages generated from the house itself, so that they cannot drift: law, roles, data, the report's rows."""
