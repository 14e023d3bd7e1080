"""THRIVE, grade, resources, deployment, response clock, delay and re-assessment."""
