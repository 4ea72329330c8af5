"""The organisers’ log: reading what `chapter.audit` recorded."""
