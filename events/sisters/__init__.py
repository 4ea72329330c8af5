"""Sister chapters: their calendar feeds, and the list of their events."""
