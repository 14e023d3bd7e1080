"""Published open data: street-level crime by small area, loaded whole and accounted for row by row."""
