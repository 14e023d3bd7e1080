"""The force: dated areas, teams and the people who work there."""
