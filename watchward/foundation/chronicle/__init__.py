"""What others may be told of a record: facts that stand and events that happened."""
