"""How much memory all services take together."""
