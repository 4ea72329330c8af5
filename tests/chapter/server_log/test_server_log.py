"""What is cut from the log, and how short a broken request is."""

import base64
import io
import logging
import random
import re
import smtplib
import sys
import threading

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import UnreadablePostError
from django.urls import URLPattern, get_resolver
from hypothesis import given
from hypothesis import strategies as st

from chapter.models import Member
from chapter.server_log.cutting import cut
from chapter.server_log.paths import TokenConverter, secret_starts
from tests.factories import make_member

TOKEN = "q7Zr-x_0aVbL2mNc8TfQpWyE5sJhKdGu"
KARI = {"email": "kari@example.org", "name": "Kari Nordmann"}
# Parameters called so that are no secret: the chapter's pages.
OPEN_KEYS = {"page", "page_edit"}


@pytest.fixture
def lines():
    """What a plain handler with the formatter of the standard library writes, of every level."""
    root, written = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: written.getvalue()
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    "text",
    [
        "kari@example.org", "<kari@example.org>", "{'kari@example.org': (550, b'no')}", "kari%40example.org",
        "next=%2Fx%3Fq%3Dkari%2540example.org", "Key (email)=(kari@example.org)", "mailto:kari@example.org", "kari@localhost",
        "kari@blåbær.no", "kåri@example.org", "kari@xn--blbr-roah.no", "kari+tag@example.org,kari@example.org", "kari＠example.org",
        '"kari hansen"@example.org', r'"kari \" hansen"@example.org', "kari/ops@example.org", "kari?ops@example.org", "x&kari&y@example.org",
        "a+kari=example.org@example.org", "/kari@example.org", "{kari}@example.org", "kari @example.org", "kari @ example.org",
        "kari(hansen)@example.org", "<kari(a) (b)@example.org>", "kari\r\n @example.org", "/nb/?q=kari/hansen@example.org&x=1",
        "smtp://kari:a/b?c@example.org:25/?x", "kari@[127.0.0.1]", "https://kari:word@example.org/", "o'kari@example.org",
    ],
)  # fmt: skip
def test_addresses_are_cut(text):
    assert re.findall("kari|hansen|example|blåbær", cut(text), re.IGNORECASE) in ([], ["example"])


@pytest.mark.parametrize(
    "at",
    [
        "=40",
        "&#64;",
        "&#64",
        "&#x40",
        "\\U00000040",
        "&#x40;",
        "&commat;",
        "\\x40",
        "\\u0040",
        "%EF%BC%A0",
        "%25EF%25BC%25A0",
        "%EF%B9%AB",
        "﹫",
    ],
)
def test_addresses_are_cut_however_the_sign_is_written(at):
    assert "kari" not in cut(f"refused: kari.nordmann{at}example.org, x")


@pytest.mark.parametrize("start", sorted(set(secret_starts())))
@pytest.mark.parametrize(
    "around",
    ["/nb/{}x1/", "/{}x1", "https://example.org/sv/{}x1/stop/?a=1", "'/en/{}x1/'", "//{}%78x1/", "NB/{}x1.ics"],
)
def test_secret_parts_of_links_are_cut(start, around):
    path = around.format(start)
    assert [slash for slash in ("/", "%2F", "%252f") if "x1" in cut(path.replace("/", slash))] == []


def test_tokens_are_cut_wherever_they_stand():
    texts = ("Rsvp {}", "token={}", "('{}',)", f"/other/{TOKEN}/", "LINE 1: … = '{}' AND")
    assert [text for text in texts if TOKEN in cut(text.format(TOKEN))] == []
    chance = random.Random(7)
    made = [base64.urlsafe_b64encode(chance.randbytes(24)).decode() for _ in range(20_000)]
    # As near to words as a token comes.
    made.append("yqHfcoxtIxajynsUGgbPTtblfdseUwTv")
    assert [token for token in made if token in cut(f"the {token} of")] == []


@pytest.mark.parametrize(
    "text",
    [
        "/nb/events/2026-11-29-lean-coffee-og-litt-til-om-julen/",
        "django.core.exceptions.SynchronousOnlyOperation: MultipleObjectsReturnedInAQuerySet",
        'File "/site/chapter/management/commands/make_organiser.py", line 12, in handle',
        "    @transaction.atomic",
        "<WSGIRequest: GET '/nb/events/'>",
        "microactions_microaction_what_and_due_on_are_there",
    ],
)
def test_names_and_slugs_stay(text):
    assert cut(text) == text


def test_every_parameter_that_looks_secret_is_of_the_type_that_is_cut():
    def parameters(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield from ((pattern.name, *item) for item in pattern.pattern.converters.items())
            else:
                yield from parameters(pattern.url_patterns)

    suspects = [
        name
        for name, parameter, converter in parameters(get_resolver().url_patterns)
        if re.search("token|key|secret|sign|uidb64", parameter) and not isinstance(converter, TokenConverter)
    ]
    assert set(suspects) <= OPEN_KEYS


@given(st.text(alphabet=st.sampled_from('a@%40 <"\n/DETAIL:Aa9-')))
def test_cutting_never_fails(text):
    assert "a@a" not in cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "@" * 200_000,
        '"' * 200_000,
        "%25" * 70_000,
        "a@" * 100_000,
        "DETAIL:" * 30_000,
        "<A: " * 50_000,
    ],
)
def test_cutting_takes_a_time_in_proportion(text):
    """Each would take minutes, if it went back at every letter."""
    cut(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["chapter.x", "procrastinate.worker", "django.request", "gunicorn.error", "py.warnings"]
)
def test_a_traceback_names_nobody(lines, name):
    make_member(email=KARI["email"])
    logger = logging.getLogger(name)
    try:
        try:
            with transaction.atomic():
                Member.objects.create_user(**KARI)
        except IntegrityError as error:
            raise smtplib.SMTPRecipientsRefused({KARI["email"]: (550, f"no {KARI}".encode())}) from error
    except smtplib.SMTPRecipientsRefused as error:
        logger.exception("not sent to %s: %s", KARI["email"], error)
    assert re.findall(r"kari@|@example|row contains \(", lines()) == []
    assert ("SMTPRecipientsRefused" in lines(), "create_user" in lines()) == (True, True)


@pytest.mark.parametrize(
    "name", ["Kari Nordmann", "Kari <3 Nordmann>", "Kari: <Member: Nordmann>", '<Kari>, "Nordmann"']
)
def test_rows_are_shown_without_their_names(name):
    member = Member(name=name)
    said = cut(
        f'Cannot assign "{member!r}": "Event.venue" must be a Venue, not {[member]!r} of <WSGIRequest: GET \'/nb/\'>.'
    )
    assert re.findall("Kari|Nordmann", said) == []
    assert said.startswith('Cannot assign "<Member: …>')


def test_values_of_a_refused_row_are_cut():
    said = 'violates check constraint "x"\nDETAIL:  Failing row contains (1, Kari\nHINT:  Kari\nCONTEXT: Nordmann).\n'
    assert cut(said) == 'violates check constraint "x"\nDETAIL: …'


@pytest.mark.parametrize(
    "label",
    ["DETALJ: ", "DÉTAIL :", "DETALLE: ", "DETTAGLI: ", "DETALHE: ", "SZCZEGÓŁY: ", "ПОДРОБНОСТИ: ", "詳細: "],
)
def test_values_of_a_row_that_the_database_refuses_in_its_own_language_are_cut(label):
    assert "Kari" not in cut(f"duplicate key\n{label} (name)=(Kari\nNordmann)")


# What PostgreSQL may say of a value: in DETAIL, HINT, CONTEXT and, of a type, in its first sentence.
REFUSED = [
    ("INSERT INTO t VALUES (%s), (%s)", 2), ("INSERT INTO t VALUES (%s || 'x')", 1), ("SELECT CAST(%s AS integer)", 1),
    ("SELECT CAST(%s AS json)", 1), ("SELECT say(%s)", 1), ("SELECT CAST(%s AS date)", 1), ("SELECT CAST(%s AS uuid)", 1),
]  # fmt: skip
TALK = """
CREATE TEMP TABLE t (name text UNIQUE CHECK (name NOT LIKE '%%x'));
CREATE FUNCTION pg_temp.say(word text) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no' USING DETAIL = word, HINT = word, COLUMN = word; END $$
"""
KARI_NORDMANN = "Kari\nHINT:  Kari\n\nTraceback (most recent call last):\n  File Kari\nDETAILS Kari"


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "times"), REFUSED)
def test_no_part_of_a_refusal_quotes_a_value(lines, query, times):
    logger = logging.getLogger("chapter.x")
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TALK)
        cursor.execute(query.replace("say(", "pg_temp.say("), [KARI_NORDMANN] * times)
    for error in (caught.value, caught.value.__cause__):
        logger.error("%s %r", error, error, exc_info=error)
        logger.error(error)
        logger.error("%(error)r", {"error": error})
    assert ("Kari" in lines(), "psycopg.errors." in lines(), caught.value.__cause__.sqlstate in lines()) == (
        False,
        True,
        True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "times"), REFUSED)
def test_a_refusal_that_became_a_text_quotes_no_value_either(query, times):
    """As asyncio writes of a task that nobody waits for."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TALK)
        cursor.execute(query.replace("say(", "pg_temp.say("), [KARI_NORDMANN] * times)
    for error in (caught.value, caught.value.__cause__):
        assert "Kari" not in cut(f"future: <Task exception={error!r}>") + cut(f"refused: {error}")


def test_a_traceback_tells_the_whole_story(lines):
    try:
        try:
            raise ExceptionGroup("two", [KeyError("kari@example.org"), ValueError("one")])
        except ExceptionGroup as error:
            error.add_note("for kari@example.org")
            raise OSError("last") from error
    except OSError:
        logging.getLogger("chapter.x").exception("It failed")
    order = [lines().index(word) for word in ("It failed", "KeyError", "ValueError: one", "for …", "OSError: last")]
    assert (order == sorted(order), "kari" in lines()) == (True, False)


@pytest.mark.parametrize("error", [SuspiciousOperation("x"), UnreadablePostError("x"), ValueError("x")])
def test_a_broken_request_is_one_line(lines, error):
    logger = logging.getLogger("django.request")
    (logger.warning if isinstance(error, ValueError) else logger.error if isinstance(error, UnreadablePostError) else
     logging.getLogger("django.security.X").error)("Bad: %s", "/" + "n" * 9000, exc_info=error)  # fmt: skip
    assert (lines().count("\n"), len(lines()) < 600, type(error).__name__ in lines()) == (1, True, True)


def test_values_that_do_not_fit_are_not_printed_by_logging_itself(lines, capsys):
    logging.getLogger("x").warning("%d of %s", "kari@example.org")
    assert ("kari" in lines(), capsys.readouterr().err) == (False, "")


def test_what_nobody_catches_names_nobody(capsys):
    from chapter.server_log.records import _uncaught

    try:
        raise ValueError("kari@example.org")
    except ValueError as error:
        _uncaught(type(error), error, error.__traceback__)
    err = capsys.readouterr().err
    assert ("kari" in err, "ValueError" in err) == (False, True)
    assert (sys.excepthook.__module__, threading.excepthook is threading.__excepthook__) == (
        _uncaught.__module__,
        False,
    )
