"""Keeping the force safe: a backup that nobody can read or change without its passphrase, and a restore with proof."""
