"""The demo: how it is run, its invented chapter, its mailbox."""
