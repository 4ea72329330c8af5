"""Writing: the editor of posts, its covers and authors, and publishing."""
