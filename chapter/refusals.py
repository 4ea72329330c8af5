"""What a verb raises when it will not do what was asked."""


class Refused(Exception):
    """Nothing was changed. The message says why: to a person in the language of the page, or in a report."""
