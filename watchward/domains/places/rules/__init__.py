"""What is decided about places: what an address is, where it lies, for how long a marker stands."""
