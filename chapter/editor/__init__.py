"""The Markdown editor's preview and picture upload."""
