"""Requests and responses: access, limits, errors, middleware, static files."""

from . import errors, ratelimits, turns
from .access import lacks_second_factor, organiser_required, to_second_factor
from .csrf import origin_suffices
from .feeds import SoundAtomFeed
from .key_paging import KeyPage, key_page_of
from .middleware import HEADERS
from .paging import page_of
from .posting import blurs_time, form_methods, posted, say_stored, undone_if
from .ratelimits import TooManyRequests, address_in, client_address

__all__ = [
    "HEADERS",
    "KeyPage",
    "SoundAtomFeed",
    "TooManyRequests",
    "address_in",
    "blurs_time",
    "client_address",
    "errors",
    "form_methods",
    "key_page_of",
    "lacks_second_factor",
    "organiser_required",
    "origin_suffices",
    "page_of",
    "posted",
    "ratelimits",
    "say_stored",
    "to_second_factor",
    "turns",
    "undone_if",
]
