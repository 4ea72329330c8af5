"""The demo’s mailbox: its mails as files, read on a page."""
