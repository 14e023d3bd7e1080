"""Outside files: mapping, refusal by line, reconciliation."""
