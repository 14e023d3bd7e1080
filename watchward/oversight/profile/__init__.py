"""One person across the force."""
