"""The organisers’ log: reads what `chapter.audit` recorded."""
