"""Pages of principles/."""
