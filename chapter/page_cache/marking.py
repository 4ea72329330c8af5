"""Which views may be answered from the store, and what they read of a request."""

from functools import lru_cache, wraps

from django.urls import Resolver404, resolve
from django.utils import translation


def cached_page(*params: str):
    """Of a view that draws the same for everybody without a cookie, from its address, the tables and these parameters.

    It may be drawn for a request that has lost all other parameters, its cookies and its conditions. What it says of
    time must hold until the next full minute.
    """

    def decorate(view):
        @wraps(view)
        def marked(request, *args, **kwargs):
            return view(request, *args, **kwargs)

        marked.cached_params = frozenset(params)
        return marked

    return decorate


@lru_cache(maxsize=4096)
def params_of(path: str) -> frozenset | None:
    """The parameters that the view at this path reads; None if it is not marked."""
    # The part of the address that names a language is matched with the language of the moment.
    with translation.override(translation.get_language_from_path(path)):
        try:
            view = resolve(path).func
        except Resolver404:
            return None
    return getattr(view, "cached_params", None)
