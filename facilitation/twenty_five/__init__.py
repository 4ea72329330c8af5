"""25/10: everybody writes a card, five others score it from 1 to 5, and the best ten are counted down."""

from . import actions, dealing, forms, results, rounds, steps

__all__ = ["actions", "dealing", "forms", "results", "rounds", "steps"]
