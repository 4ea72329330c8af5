"""Pages of microactions/."""
