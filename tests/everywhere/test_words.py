"""The words of the interface: patterns that texts of ours do not use, each with the better word."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TAG = re.compile(r"<[^>]+>")
DJANGO_TEXTS = ROOT / "chapter/text/django_texts.py"

# Found in any text, in lower or upper case.
ENGLISH = {
    r"\be-mail|\bmail(?:s|ed|box)?\b": "email, emails, emailed",
    r"\b(?:some|any|every|no)body\b": "someone, anyone, everyone, no one",
    r"\b(?:can|could|do|does|did|is|are|was|were|has|have|will|would) ?not\b": "a contraction: can’t, isn’t, won’t",
    r"\bneed not\b": "don’t need to",
    r"(?<=\w)'": "the curly apostrophe ’",
    r"\bfor good\b": "permanently",
    r"\banew\b": "again",
    r"\bat once\b": "immediately",
    r"\bby (?:itself|themselves)\b": "automatically",
    r"\bany more\b(?! emails)": "no longer",
    r"\b(?:came|comes?) of\b": "led to, what happened next",
    r"\btell(?:ing)? (?:how|what|whether)\b|\btold anything\b": "tell us how",
    r"\b(?:take|took|taken|taking) (?:it )?back\b": "undo, withdraw",
    r"\b(?:day|date|time|moment) is over\b": "has passed, has ended",
    r"\bstands?\b": "is shown, is in",
    r"\bthe words\b(?! (?:my|that))": "the text",
    r"\bshall\b": "should, will",
    r"\bmake (?:an account|a (?:draft|series)|new|the (?:series|summary|draft))\b": "create",
    r"\bin line\b": "in the queue",
    r"\bwe (?:ask|email|pair|tell)\b|\byou get\b": "we’ll, you’ll",
    r"\blook for news\b": "update",
}
# A button says what it does to what.
BARE = {"Answer", "Decide", "Jump"}
BARE |= {
    f"{does} it" for does in ("Add", "Announce", "Change", "Delete", "Finish", "Leave", "Look at", "Read", "See")
}
BARE |= {"Put it back", "Put it up", "Read them", "See them", "See what", "Take back"}
NORWEGIAN = {
    r"\btrenger ikke å\b": "trenger ikke",
    r"\bvennligst\b": "(nothing)",
    r"\bav seg selv\b": "automatisk",
    r"\barrangørbord": "arrangørsidene",
    r"\bpåkrevet\b": "må fylles ut",
    r"\bukonferanse": "unconference",
    r"\bekstra lås": "totrinnsbekreftelse",
    r"[\"'“”]": "« » og ’",
}
SWEDISH = {
    r"(?<!pepp)kompis": "peppkompis",
    r"\bvänligen\b": "(nothing)",
    r"\bav sig självt\b": "automatiskt",
    r"\barrangörsbord": "arrangörssidorna",
    r"\bobligatorisk": "måste fyllas i",
    r"\bextra lås": "tvåstegsverifiering",
    r"[\"“«»]": "” ”",
}


def unquoted(quoted):
    return "".join(ast.literal_eval(line) for line in quoted.strip().splitlines())


def texts_of(language):
    """(English text, its translation) of each entry and each plural form."""
    entries = (ROOT / f"locale/{language}/LC_MESSAGES/django.po").read_text("utf-8").split("\n\n")[1:]
    for entry in entries:
        found = re.findall(r'^(msg(?:id|str)\S*) ((?:".*"\n?)+)', entry, re.MULTILINE)
        english = [unquoted(text) for name, text in found if name.startswith("msgid")]
        for text in english:
            for name, said in found:
                if name.startswith("msgstr"):
                    yield text, unquoted(said)


def faults(texts, patterns):
    return sorted(
        f"“{text}”: {better}"
        for text in set(texts)
        for bad, better in patterns.items()
        if re.search(bad, TAG.sub("", text), re.IGNORECASE)
    )


def of_django():
    tree = ast.parse(DJANGO_TEXTS.read_text("utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def test_english_texts_use_the_plain_word():
    ours = {english for english, _ in texts_of("nb")} - of_django()
    assert faults(ours, ENGLISH) == []


def test_buttons_name_their_object():
    assert [english for english, _ in texts_of("nb") if english.rstrip(" …") in BARE] == []


@pytest.mark.parametrize(("language", "patterns"), [("nb", NORWEGIAN), ("sv", SWEDISH)])
def test_translations_use_the_plain_word(language, patterns):
    assert faults((said for _, said in texts_of(language)), patterns) == []


@pytest.mark.parametrize(
    "text",
    [
        "You get this mail because you signed up.",
        "Nobody has told anything yet.",
        "Tell how it went",
        "This cannot be changed.",
        "What came of it",
        "Days until guests' names are deleted",
        "Take it back",
        "The draft is gone for good.",
    ],
)
def test_an_old_text_is_refused(text):
    assert faults([text], ENGLISH) != []


def test_a_plain_text_passes():
    assert faults(["You’ll get an email on the day. No one else sees your address."], ENGLISH) == []
