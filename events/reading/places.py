"""What a calendar writes as LOCATION, as a venue's name, street and town: as Meetup, Google, Apple, Outlook and Gancio do."""

import re
from pathlib import Path
from typing import NamedTuple

from chapter.fields import clean_line, clean_text

MAX_NAME, MAX_ADDRESS, MAX_TOWN = 200, 200, 80
TOWN_WORDS = 4
WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/?#].*)?\Z", re.IGNORECASE)
# In the chapter's languages, English and their own: after the town in an address, and no part of it.
COUNTRIES = frozenset(Path(__file__).with_name("countries.txt").read_text("utf-8").split("\n")) - {""}
# Where every word is one of these, and one of them a screen, nobody meets anywhere.
SCREENS = frozenset(
    [
        *(
            "online",
            "onlineevent",
            "teams",
            "zoom",
            "meet",
            "hangout",
            "hangouts",
            "skype",
            "webex",
            "jitsi",
            "whereby",
        ),
        *("gotomeeting", "gather", "bigbluebutton", "discord", "youtube", "webinar", "webinarium", "webbinarium"),
        *(
            "digital",
            "digitalt",
            "digitale",
            "virtual",
            "virtuell",
            "virtuellt",
            "nett",
            "nettet",
            "nettmøte",
            "nätet",
        ),
        *("nätmöte", "webben", "internet", "internett", "fjernmøte", "videomøte", "videomöte", "distans", "remote"),
        *("livestream", "stream", "tba", "tbd", "teamsmøte", "teamsmöte", "zoommøte", "zoommöte"),
    ]
)
BESIDE_SCREENS = frozenset(
    [
        *(
            "microsoft",
            "ms",
            "google",
            "cisco",
            "town",
            "on",
            "in",
            "via",
            "på",
            "i",
            "over",
            "by",
            "ved",
            "the",
            "a",
            "an",
        ),
        *(
            "et",
            "ett",
            "en",
            "line",
            "only",
            "kun",
            "bare",
            "endast",
            "meeting",
            "meetings",
            "møte",
            "möte",
            "event",
            "call",
        ),
        *(
            "arrangement",
            "evenemang",
            "videoconference",
            "video",
            "conference",
            "room",
            "for",
            "business",
            "or",
            "and",
            "og",
        ),
        *(
            "och",
            "eller",
            "link",
            "lenke",
            "länk",
            "lenken",
            "länken",
            "url",
            "visible",
            "attendees",
            "will",
            "be",
            "sent",
        ),
        *(
            "to",
            "announced",
            "kommer",
            "sendes",
            "skickas",
            "ut",
            "invitasjonen",
            "inbjudan",
            "registered",
            "members",
        ),
    ]
)
A_MEETING = re.compile(
    r"(?:microsoft )?(?:teams|zoom|skype|webex)[ -]?(?:meeting|møte|möte)\b.*", re.IGNORECASE | re.DOTALL
)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
IN_BRACKETS = re.compile(r"(?P<name>[^()]+?)\s*\((?P<rest>[^()]*,[^()]*)\)\s*(?P<more>.*)", re.DOTALL)
STREET = re.compile(r".*\d.*", re.DOTALL)
# 0181 Oslo, 111 22 Stockholm, S-111 22 Stockholm, 1012 AB Amsterdam, 97080 Würzburg; and after the town in other places.
POSTCODE = r"(?:[A-Z]{1,3}[- ])?(?:\d{4} ?[A-Z]{2}(?![a-zà-ÿ])|\d{3} \d{2}|\d{4,5}(?:-\d{3,4})?)"
BEFORE_THE_TOWN = re.compile(rf"{POSTCODE}\s+(?P<town>\D.*)")
AFTER_THE_TOWN = re.compile(rf"(?P<town>\D*?[^\d\s])\s+(?:{POSTCODE}|[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}})")
ONLY_A_POSTCODE = re.compile(rf"(?:{POSTCODE}|[A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}})")
# Iceland's and the Faroes' have three digits, as many houses have elsewhere.
SHORT_POSTCODE = re.compile(r"(?:[A-Z]{2}-)?\d{3}\s+(?P<town>\D.*)")
WITH_SHORT_POSTCODES = frozenset(["iceland", "island", "ísland", "faroe islands", "føroyar", "færøyene", "färöarna"])
# “AZ 85281”, “QC H2X 1Y4”, and “AZ” where something stands before it.
STATE = re.compile(r"[A-Z]{2}(?: +(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d))?")
STREETS = re.compile(
    r"(?:street|st\.|road|rd\.?|avenue|ave\.?|lane|drive|dr\.?|boulevard|blvd\.?|square|way|\w*gaten?|\w*gata|\w*gatan|"
    r"\w*vei|\w*veien|\w*väg|\w*vägen|\w*vej|\w*plass|\w*plats|\w*torg|\w*torget|\w*straße|\w*strasse|\w*str\.|\w*platz|rue)",
    re.IGNORECASE,
)


class Place(NamedTuple):
    name: str = ""
    address: str = ""
    city: str = ""
    online_url: str = ""

    @property
    def line(self) -> str:
        return ", ".join(filter(None, [self.name, self.address, self.city]))


# What programs write before there is one, a point on the map, and what is larger than a town.
NO_PLACE = re.compile(
    r"\s*(?:needs a location|no (?:venue|location)(?: yet)?|link visible for attendees|to be (?:announced|decided)|geo:.*"
    r"|\S+(?: \S+)? (?:fylke|fylkeskommune|län|kommune|kommun))\s*\Z",
    re.IGNORECASE,
)


def place_of(text: str) -> Place:
    """The parts of a place; empty where a meeting is only online."""
    text = clean_text(text)
    address = ADDRESS.search(text)
    url = address[0].rstrip(").,;>") if address else ""
    text = ADDRESS.sub(" ", text)
    pieces = [piece for piece in re.split(r";|\n| / |\|", text) if _is_a_place(piece)]
    parts = [part for piece in pieces for part in _split(piece)]
    parts = _without_repeats([part for part in parts if _is_a_place(part)])
    return _named(parts)._replace(online_url=url if len(url) <= 200 else "")


def _is_a_place(piece):
    if NO_PLACE.match(piece):
        return False
    words = re.findall(r"[^\W\d_]+", piece.lower())
    is_online = set(words) <= SCREENS | BESIDE_SCREENS and bool(set(words) & SCREENS)
    return bool(words) and not is_online and not A_MEETING.match(piece.strip())


def _split(piece):
    piece = clean_line(piece)
    if found := IN_BRACKETS.fullmatch(piece):
        piece = ", ".join(filter(None, [found["name"], found["rest"], found["more"].strip(" ,")]))
    for mark in (" @ ", " - ", " – "):
        name, _, rest = piece.partition(mark)
        # “Name @ Street 5”; a dash is part of many names, so what follows must look like a street.
        if rest and (mark == " @ " or (STREET.match(rest) and not STREET.match(name))):
            piece = f"{name}, {rest}"
            break
    return [part.strip() for part in piece.split(",") if part.strip(" .")]


def _without_repeats(parts):
    found = []
    for part in parts:
        if part.casefold() not in {other.casefold() for other in found}:
            found.append(part)
    return found


def _named(parts):
    if not parts:
        return Place()
    name, *more = parts
    town, more = _town(more)
    if not town and not more and (found := BEFORE_THE_TOWN.fullmatch(name)):
        name = found["town"]
    return Place(name[:MAX_NAME], ", ".join(more)[:MAX_ADDRESS], town)


def _town(parts):
    """(town, the rest): the town stands last, but for country, state and postcode."""
    forms = [BEFORE_THE_TOWN, AFTER_THE_TOWN]
    while parts and (country := parts[-1].casefold().strip(" .")) in COUNTRIES:
        forms += [SHORT_POSTCODE] if country in WITH_SHORT_POSTCODES else []
        parts = parts[:-1]
    if len(parts) > 1 and STATE.fullmatch(parts[-1]):
        # In America a number of four digits is a house.
        parts, forms = parts[:-1], []
    parts = [part for part in parts if not ONLY_A_POSTCODE.fullmatch(part)]
    for place in range(len(parts) - 1, -1, -1):
        found = next(filter(None, (form.fullmatch(parts[place]) for form in forms)), None)
        if found and _is_a_town(found["town"]):
            # What stands behind it is a region.
            return found["town"].strip(), parts[:place]
    if parts and _is_a_town(parts[-1]):
        return parts[-1], parts[:-1]
    return "", parts


def _is_a_town(part):
    # “vi ses ved porten” is none, nor is “Bygata 6” or “High Street”.
    return (
        0 < len(part) <= MAX_TOWN
        and not part[0].islower()
        and len(part.split()) <= TOWN_WORDS
        and not any(letter.isdigit() for letter in part)
        and not any(STREETS.fullmatch(word) for word in part.split())
    )


def whole_address(url: str) -> str:
    """With https:// where it names no scheme."""
    if url and "://" not in url and WITHOUT_SCHEME.match(url):
        url = f"https://{url}"
    return url[:500]
