"""The crowd: invented people, households and addresses, the same for the same seed."""
