"""Texts that were stored in the wrong letters before they came here: “BlÃ¥bÃ¦r”, `Bl=C3=A5b=C3=A6r`.

Only what becomes a letter or a sign that people here type is changed, so a text that means what it says stays.
"""

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from ..remarks import remark as _
from .letters import LIKELY

# What UTF-8 looks like, read as Windows-1252: a letter for the first byte, letters and signs for the others.
BYTES = {bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)): byte for byte in range(0x80, 0x100)}
BYTES |= {chr(byte): byte for byte in range(0x80, 0xA0)}
FOLLOWING = "".join(re.escape(letter) for letter, byte in BYTES.items() if byte < 0xC0)
MISREAD = re.compile(f"[ÂÃ][{FOLLOWING}]|[âï][{FOLLOWING}]{{2}}|ð[{FOLLOWING}]{{3}}|â€(?![{FOLLOWING}])")
PRINTED = re.compile(r"(?:=[C-F][0-9A-F])(?:=[89AB][0-9A-F]){1,3}")
OLD_PRINTED = re.compile(r"(?<=[A-Za-z])=(?:E[4-6]|F[68]|C[4-6]|D[68])(?=[a-z])")
SOFT = re.compile(r"=[ \t]*\r?\n")
BYTE = re.compile(rb"=([0-9A-F]{2})")
BARE = re.compile(r"=(?![0-9A-F]{2}|[ \t]*\r?\n)")
IN_A_HEADER = re.compile(r"=\?[\w-]{2,30}\?[BbQq]\?[^?\s]{0,500}\?=(?:\s+(?==\?))?")


def mended(text: str) -> tuple[str, str]:
    """(the text in its own letters, a remark on that or nothing)"""
    found = MISREAD.sub(_read_again, _unprinted(IN_A_HEADER.sub(_of_a_header, text)))
    return (
        (found, "")
        if found == text
        else (found, _("letters were stored wrongly and were repaired: check ø, æ, å, ä, ö"))
    )


def _read_again(match):
    if match[0] == "â€":  # the sign after it has no place in Windows-1252, and is gone
        return "”"
    letter = bytes(BYTES[one] for one in match[0]).decode("utf-8", "ignore")
    is_likely = len(letter) == 1 and (letter in LIKELY or ord(letter) > 0xFFFF)
    return letter if is_likely else "" if letter == "\ufeff" else match[0]


def _unprinted(text):
    """Quoted-printable, as mails are written."""
    pairs = [bytes.fromhex(one.replace("=", "")).decode("utf-8", "ignore") for one in PRINTED.findall(text)]
    if any(letter in LIKELY for letter in pairs) or (OLD_PRINTED.search(text) and not BARE.search(text)):
        # Where other = stand in it, such as in HTML, only what is certain.
        return PRINTED.sub(_as_letters, SOFT.sub("", text)) if BARE.search(text) else _bytes_of(text)
    return text


def _as_letters(match):
    return bytes.fromhex(match[0].replace("=", "")).decode("utf-8", "replace")


def _bytes_of(text):
    content = BYTE.sub(lambda match: bytes.fromhex(match[1].decode()), SOFT.sub("", text).encode())
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _of_a_header(match):
    try:
        return str(make_header(decode_header(match[0].strip())))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return match[0]
