"""Paper cards (A6): a microaction to take home in the pocket."""
