"""How the installation runs: whether it is alive and ready, how long its pages take, what its queues hold."""
