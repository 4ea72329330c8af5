from . import principle_panels  # noqa: F401
