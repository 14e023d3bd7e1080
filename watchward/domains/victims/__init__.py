"""Victims: what the Code owes each of them, how they are reached safely, what they need and what they decide."""
