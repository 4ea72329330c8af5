"""The lines of a calendar file that are read: the properties of its VEVENTs that we use, and nothing nested in them."""

import re

MAX_BYTES = 1_000_000
MAX_ENTRIES = 5_000
MAX_LINE = 60_000
OURS = "-//One Team Gov//chapter site//"
KEPT = re.compile(
    r"(UID|SUMMARY|DESCRIPTION|LOCATION|URL|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|SEQUENCE)[;:]",
    re.IGNORECASE,
)
UNFOLD = re.compile(r"\r?\n[ \t]")


class Unreadable(ValueError):
    """The whole file is refused; the text says why. `code` is short, for storing."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


def lines_of(content) -> list[str]:
    if len(content) > MAX_BYTES:
        raise Unreadable("too_big", f"This calendar is larger than {MAX_BYTES // 1000} kB.")
    text = content.decode("utf-8-sig", errors="replace")
    if "BEGIN:VCALENDAR" not in text.upper() or "END:VCALENDAR" not in text.upper():
        raise Unreadable("no_calendar", "This is no calendar file, or it broke off.")
    return re.split(r"\r\n|\r|\n", UNFOLD.sub("", text))


def blocks_of(lines) -> tuple[list[str], list[list[str]]]:
    """The calendar's own lines, and those of each VEVENT without its nested components."""
    head, blocks, inside = [], [], []
    for line in lines:
        word, _, name = line.strip().upper().partition(":")
        if word == "BEGIN":
            inside.append(name)
            if inside[1:] == ["VEVENT"]:
                blocks.append([])
        elif word == "END":
            del inside[-1:]
        elif inside[1:] == ["VEVENT"] and KEPT.match(line) and len(line) <= MAX_LINE:
            blocks[-1].append(line)
        elif len(inside) == 1 and len(line) < 300:
            head.append(line)
        if len(blocks) > MAX_ENTRIES or len(inside) > 20:
            raise Unreadable("too_many", f"This calendar has more than {MAX_ENTRIES} entries.")
    return head, blocks


def plain(head, name) -> str:
    found = (line.partition(":")[2].strip() for line in head if line.upper().startswith(f"{name}:"))
    return next(found, "")


def is_ours(head) -> bool:
    return plain(head, "PRODID").startswith(OURS)
