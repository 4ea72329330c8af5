"""E-mail addresses: the one form in which they are stored and compared, and the mailbox behind them.

`normal` and `mailbox` take anything and raise nothing, so that limits and lookups can be asked about whatever was typed;
`checked` is for what is to be stored.
"""

from .database import Mailbox, is_normal
from .keys import checked, mailbox, normal, readable

__all__ = ["Mailbox", "checked", "is_normal", "mailbox", "normal", "readable"]
