"""The monthly letter: composed from facts, read and greeted by an organiser, told to those who want it."""
