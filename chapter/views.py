"""The chapter's own pages."""
