"""Pages of events/."""
