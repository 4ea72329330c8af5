"""Packages that a site needs only for what it has turned on."""

from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured


def check(name: str, value: str, *, module: str, extra: str) -> str:
    """The value, if it is empty or the module is there. Raises ImproperlyConfigured."""
    if value and not find_spec(module):
        raise ImproperlyConfigured(
            f"{name} is set, and the package for it is not installed. Install it, as in "
            f"pip install --require-hashes --no-deps -r server.lock, or leave {name} out. (Extra: {extra})"
        )
    return value
