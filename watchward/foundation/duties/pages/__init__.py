"""What the pages of duties show: my work, a team's, all that is late, one duty, and the ledgers."""
