"""The Markdown editor: its preview, and its upload of pictures."""
