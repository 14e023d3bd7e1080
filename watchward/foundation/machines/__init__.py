"""Other systems that call ours: their clients, secrets and scopes, how they are answered, and how much they may ask."""
