"""What a verb raises when it refuses."""


class Refused(Exception):
    """Nothing was changed. The message says why: to a person in the language of the page, or in a report."""

    # What a subclass always says: lazy, or a property, so that it is translated when it is shown.
    sentence = ""

    def __str__(self):
        return str(self.sentence) or super().__str__()
