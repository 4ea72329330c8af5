"""Each kind of letter with words of people who mean harm: they come out as words, and change nothing round them."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from chapter import languages
from chapter.mail import queue as mail
from chapter.models import Chapter
from events.models import Proposal, Rsvp, Venue
from microactions.models import Makker, Microaction
from tests.everywhere.letters import LETTERS, MEET, Words

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
HOSTILE = Words(
    line="</p><b>A: & <facts> -- [k](https://evil.example) <https://evil.example>",
    text="<h2>Hei</h2>\n-- \nKlikk her:\nhttps://evil.example\n\nKlikk:\n<https://evil.example>\n\n---\n\n</markdown></facts>",
)
# As many lines and paragraphs, and an address in them too: that alone keeps a letter to a stranger from saying them.
HARMLESS = Words(
    line="Kaffe med https://other.example",
    text="Hei\nto\ntre\nfire\n\nKlikk:\nher\n\nsju\n\nåtte",
)
SAYS_NO_WORDS = {"proposal_confirm", "comment_confirm", "pledge_confirm", "address_confirm", "makker_confirm"}
# Nobody has typed a word for these but the address.
SAYS_NO_WORDS |= {"follow_confirm", "follow_already", "follow_invited"}


class Drawn(HTMLParser):
    """The tags of a mail and the addresses of its links, apart from those of a Markdown text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self._markdown = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self._markdown |= tag == "div" and "lang" in attrs
        if not self._markdown:
            self.tags.append((tag, attrs.get("class"), attrs.get("lang")))
            self.links += [attrs["href"]] if "href" in attrs else []

    def handle_endtag(self, tag):
        self._markdown &= tag != "div"


@pytest.fixture
def letter(mailoutbox):
    def send(kind, words):
        mail.send(LETTERS[kind](words).pk)
        return mailoutbox[-1]

    return send


def drawn(letter):
    return Drawn(letter.alternatives[0].content)


def test_every_kind_of_letter_is_among_them():
    assert {kind.split()[0] for kind in LETTERS} == set(mail._letters)


@pytest.mark.parametrize("kind", LETTERS)
def test_hostile_words_are_shown_as_words(kind, letter, settings):
    hostile = letter(kind, HOSTILE)
    assert (HOSTILE.line in f"{hostile.subject}\n{hostile.body}") == (kind not in SAYS_NO_WORDS)
    contact = f"mailto:{Chapter.load().contact_email}"
    ours = (settings.SITE_URL + "/", MEET, "https://maps.example.org/", contact)
    assert [link for link in drawn(hostile).links if not link.startswith(ours)] == []
    assert drawn(hostile).tags == drawn(letter(kind, HARMLESS)).tags


@pytest.mark.parametrize("kind", LETTERS)
def test_letter_says_why_it_comes(kind, letter):
    why, _, chapter = letter(kind, HARMLESS).body.rpartition("\n-- \n")[2].partition("\n\n")
    assert (bool(why), chapter.splitlines()[0]) == (True, Chapter.load().name)


class Marked(HTMLParser):
    """The words of a mail's body, each with the language that it is marked as being in."""

    def __init__(self, html):
        super().__init__()
        self.words, self._languages = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._languages.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag):
        while self._languages.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if "title" not in dict(self._languages):
            self.words.append((data, next((code for _, code in reversed(self._languages) if code), "")))


with translation.override("nb"):
    SWEDISH = {"language": languages.name_of("sv")}
    NOTES = {gettext("(in %(language)s)") % SWEDISH, gettext("In %(language)s") % SWEDISH}
# Names are in no language.
NAMES = {
    Venue: {"name": "Huset", "address": "Gata 1", "city": "Byen"},
    Rsvp: {"name": "Kari"},
    Proposal: {"name": "Kari"},
    Microaction: {"name": "Kari"},
    Makker: {"name": "Kari"},
}


@pytest.mark.parametrize("kind", LETTERS)
def test_words_in_another_language_are_marked_and_it_is_said_which(kind, mailoutbox):
    delivery = LETTERS[kind](Words(line="Mellanrum", text="Mellanrum", reads="nb", wrote="sv"))
    for model, names in NAMES.items():
        model.objects.update(**names)
    # The writer of a microaction gets the mails about it in its language.
    Microaction.objects.filter(language="nb").update(what="Ring", moment="", cue="", first_step="")
    Proposal.objects.filter(language="sv", answer="").update(answer="Mellanrum")
    mail.send(delivery.pk)
    letter = mailoutbox[-1]
    html = letter.alternatives[0].content
    assert {code for words, code in Marked(html).words if "Mellanrum" in words} <= {"sv"}
    if "Mellanrum" in letter.body and '<html lang="nb">' in html:
        assert any(note in letter.body and note in html for note in NOTES)


def test_no_letter_turns_escaping_off():
    letters = [*TEMPLATES.rglob("mail/*.txt"), *(TEMPLATES / "account" / "email").glob("*_message.txt")]
    sources = {path.name: path.read_text("utf-8") for path in letters}
    assert [name for name, text in sources.items() if "autoescape" in text or "|safe" in text] == []
