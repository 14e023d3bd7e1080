"""What is owed, by whom, by when, by which rule, and the proof."""
