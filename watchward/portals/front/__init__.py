"""The front page of the host for people outside the force."""
