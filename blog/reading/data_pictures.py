"""Pictures that stand in a text themselves, as editors and Google's Markdown write them: taken out, each with an address.

What remains is a short text that may be measured and read; the address says what was in it.
"""

import binascii
import re
from base64 import b64decode
from hashlib import sha256
from urllib.parse import unquote

# In lines of a fixed length, too.
DATA = re.compile(
    r"data:image/(?P<kind>[\w.+-]{1,40})(?:;[\w.+-]{1,40}=[^;,\s\"'<>()]{0,100})*;base64,\s*"
    r"(?P<letters>[A-Za-z0-9+/=%_-]++(?:\s++[A-Za-z0-9+/_-]{40,}+)*+={0,2}"
    r"(?:\s+(?![a-z-]+=[\"'])[A-Za-z0-9+/_-]{1,100}={0,2}(?=\s*[\"'>)]))?)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"data:image/[\w.+-]{1,40};sha256,[0-9a-f]{32}")
DEFINED = re.compile(r"^[ ]{0,3}\[(?P<name>[^\[\]\n]{1,200})\]:[ \t]*\n?[ \t]*(?P<address><[^<>\n]{1,2000}>|\S{1,2000})(?P<title>[ \t]+\"[^\"\n]{0,500}\")?[ \t]*$", re.MULTILINE)  # fmt: skip
USED = re.compile(r"!\[(?P<alt>(?:\\.|[^\[\]\\\n]){0,1000})\](?:\[(?P<name>[^\[\]\n]{0,200})\])?(?![\[(])")


def taken_out(text: str) -> tuple[str, dict[str, bytes]]:
    """(the text with an address for each picture, the pictures by their addresses)"""
    found = {}

    def take(match):
        content = _content(match["letters"])
        if content is None:
            return match[0]
        address = f"data:image/{match['kind'].lower()};sha256,{sha256(content).hexdigest()[:32]}"
        found[address] = content
        return address

    return (DATA.sub(take, text) if ";base64," in text.lower() else text), found


def shown_in(text: str, pictures: dict[str, bytes]) -> dict[str, bytes]:
    """Those of the pictures whose addresses a text has."""
    return {address: pictures[address] for address in ADDRESS.findall(text) if address in pictures}


def _content(letters):
    plain = re.sub(r"\s", "", unquote(letters)).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def in_their_place(text: str) -> str:
    """Markdown in which a picture's address stands where the picture is shown, not below the text."""
    defined = {_key(match["name"]): match for match in DEFINED.finditer(text)}
    if not defined:
        return text

    def show(match):
        there = defined.get(_key(match["name"] or match["alt"]))
        return f"![{match['alt']}]({there['address']}{there['title'] or ''})" if there else match[0]

    text = USED.sub(show, text)
    return DEFINED.sub(lambda match: "" if match["address"].strip("<>").startswith("data:") else match[0], text)


def _key(name):
    return " ".join(name.split()).casefold()
