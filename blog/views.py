"""Pages of blog/."""
