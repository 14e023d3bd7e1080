"""Review, retain, dispose: how long records are kept, what holds them, and what disposal leaves behind."""
