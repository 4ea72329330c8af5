"""The demo’s mailbox: mails stored as files and read on a page."""
