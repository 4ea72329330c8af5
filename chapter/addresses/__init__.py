"""Addresses that people type: the one form in which an e-mail address is stored and compared, the mailbox behind it, and
whether a text has an address in it.

`normal` and `mailbox` take anything and raise nothing, so that limits and lookups can be asked about whatever was typed;
`checked` is for what is to be stored.
"""

from .database import Mailbox, is_normal, mailbox_sql
from .keys import checked, mailbox, normal, of_nobody, readable
from .links import has_link

__all__ = ["Mailbox", "checked", "has_link", "is_normal", "mailbox", "mailbox_sql", "normal", "of_nobody", "readable"]
