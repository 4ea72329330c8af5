"""WebSub: a hub, if the site has one, is told that an Atom feed has changed, and tells those who follow it."""

from .links import with_hub_links
from .telling import tell

__all__ = ["tell", "with_hub_links"]
