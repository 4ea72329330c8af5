"""Links and pictures whose address stands elsewhere in the text, `[words][name]`, as those that have it beside them.

Whoever looks for a picture or a link afterwards has one form to know.
"""

from .code import replaced

# What stands between the brackets: code and pictures too, no empty line.
LABEL = r"(?:\\.|`[^`\n]{1,300}`|[^\[\]\\\n]|\n(?![ \t]*\n)|!\[[^\[\]\n]{0,500}\]\([^()\n]{0,1000}\)){0,1000}?"
TITLE = r"(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\))"
DEFINITION = (
    r"^[ ]{0,3}\[(?P<name>(?!\^)(?:\\.|[^\[\]\\\n]){1,200})\]:[ \t]*\n?[ \t]*"
    rf"(?P<address><[^<>\n]{{0,1000}}>|[^\s<]\S{{0,2000}})(?P<title>[ \t]+{TITLE}|\n[ \t]+{TITLE}(?=[ \t]*$))?[ \t]*(?:\n|\Z)"
)
USE = rf"(?<![\\\]])(?P<mark>!?)\[(?P<words>{LABEL})\](?:[ ]?\[(?P<label>[^\[\]\n]{{0,200}})\])?(?![\[(:])"
# One address that is used ten thousand times would be there ten thousand times.
LONGEST = 2_000_000


def settled(body: str) -> str:
    found = {}

    def keep(match):
        address = match["address"].strip("<>")
        found.setdefault(_plain(match["name"]), (_quoted(address), (match["title"] or "").strip()))
        return ""

    rest = replaced(DEFINITION, keep, body) if "]:" in body else body
    longest = max((len(address) + len(title) for address, title in found.values()), default=0)
    if not found or longest * rest.count("[") > LONGEST:
        return body
    # Again for a picture within a link.
    return _inlined(_inlined(rest, found), found)


def _inlined(text, found):
    def change(match):
        address, title = found.get(_plain(match["label"] or match["words"]), ("", ""))
        return f"{match['mark']}[{match['words']}]({address}{' ' * bool(title)}{title})" if address else match[0]

    return replaced(USE, change, text)


def _quoted(address):
    return f"<{address}>" if " " in address or address.count("(") != address.count(")") else address


def _plain(label):
    return " ".join(label.split()).casefold()
