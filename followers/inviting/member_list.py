"""Reads a list of members that another system gave its organisers, as Meetup does: names, sometimes addresses."""

from dataclasses import dataclass

from chapter.fields import clean_line
from chapter.transfer import foreign_tables

NAMES = {"name", "navn", "namn", "full name", "member name", "fullt navn"}
ADDRESSES = {"email", "e-mail", "email address", "e-post", "epost", "e-postadresse", "e-postadress", "mail", "mejl"}


@dataclass(frozen=True)
class Person:
    line: int
    name: str
    address: str


def people(content: bytes) -> list[Person]:
    """One for each row; `address` is as it stands there. Raises Unreadable."""
    header, rows, _ = foreign_tables.table(content)
    name = next((column for column in header if column in NAMES), None)
    address = next((column for column in header if column in ADDRESSES), None)
    if not (name or address):
        raise foreign_tables.Unreadable(
            f"The first line names no column of names or addresses. It says: {', '.join(header)[:200]}."
        )
    return [
        Person(line, clean_line(cells.get(name) or "")[:80], (cells.get(address) or "").strip())
        for line, cells in rows
    ]
