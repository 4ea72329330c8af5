"""Full-text search over everything public: two queries for the hits, one for the marked passages."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection, transaction
from django.db.models import CharField, Count, DateTimeField, F, Func, IntegerField, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Least, Left
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from blog.models import Post
from chapter.languages import current, preference
from chapter.models import Page, PageWording
from chapter.search import BETWEEN as MARKS_BETWEEN
from chapter.search import AlsoHas, Has, Words
from events.models import Event, EventWording
from microactions.models import Microaction
from principles.models import PrincipleWording

MAX_QUERY = 100
MAX_WORDS = 8
MAX_HITS = 100
# Ranking is limited to the newest of each kind, so that a common word costs no more than a rare one.
NEWEST = 100
# A common word is found among the latest rows; for any other, PostgreSQL must ask the index of words, and then read all
# rows that it names.
LATEST = 600
# So many of as many of them have a word that begins like the last one: then the index would list very many for it.
OFTEN, SAMPLE = 20, 200
# Of one hit, where the marked passages are looked for.
PASSAGE_CHARS = 20_000
CONFIGS = {"nb": "norwegian", "sv": "swedish", "en": "english"}
# A union needs the same column types in each query; only events and posts have a date.
UNDATED = Cast(Value(None), DateTimeField())
# Marks around a hit: stored texts cannot contain control characters, which forms remove.
START, STOP = "\x02", "\x03"
BETWEEN = "\x03\x02"
PASSAGE = f'MaxFragments=2, MinWords=8, MaxWords=24, FragmentDelimiter="{BETWEEN}"'
FULL_STOP = re.compile(r"[.!?…][”»\")]?")
SENTENCE = re.compile(rf"{FULL_STOP.pattern}\s+|\n+")
# Put around each mark between words for as long as PostgreSQL looks for the words, so that it sees two of them.
APART = "\x04"
BETWEEN_WORDS = re.compile(rf"([{re.escape(MARKS_BETWEEN)}])")
# A passage goes back to the beginning of its sentence if that is so near.
BACK = 120


@dataclass(frozen=True)
class Hit:
    kind: str
    url: str
    language: str
    title: str
    passage: str
    dated: datetime | None


def words_of(text) -> list[str]:
    found = re.findall(r"\w+", text[:MAX_QUERY].replace("\x00", ""))
    return list(dict.fromkeys(found))[:MAX_WORDS]


def _raw(words):
    # The last word may be unfinished; a single letter would be the beginning of everything.
    return " & ".join(words) + (":*" if len(words[-1]) > 1 else "")


def _in_each_language(raw):
    return [SearchQuery(raw, config=name, search_type="raw") for name in CONFIGS.values()]


def tsquery(raw):
    """What `raw` asks for, stemmed in each of the three languages."""
    norwegian, swedish, english = _in_each_language(raw)
    return norwegian | swedish | english


class Asked:
    """All words, the last one as a prefix."""

    def __init__(self, words):
        *others, last = words
        self.all, self.last = tsquery(_raw(words)), tsquery(_raw([last]))
        self.others = tsquery(" & ".join(others)) if others else None
        # Of words that say nothing in one of the languages nothing is left there.
        left = (
            [_number_of_words(query) for query in _in_each_language(" & ".join(others))] if others else [Value(0)] * 2
        )
        self.says_more = Least(*left)


def _number_of_words(query):
    return Func(query, function="numnode", output_field=IntegerField())


class Latest(NamedTuple):
    """What the latest rows of a table say: which match, how many have a word like the last, whether the others narrow."""

    hits: list
    like_last: int
    says_more: int


def search(text) -> list[Hit]:
    """At most MAX_HITS hits, best first, for a reader of the page's language; [] if `text` has no word."""
    words = words_of(text)
    if not words:
        return []
    asked = Asked(words)
    with transaction.atomic():
        _read_by_index()
        latest = _latest(asked)
        first, *rest = (source(asked, latest) for source in (principles, events, microactions, posts, pages))
        rows = list(first.union(*rest, all=True).order_by("-rank", "kind", "key")[:MAX_HITS])
    return [_hit(row) for row in rows]


def _read_by_index():
    # PostgreSQL takes the beginning of a word for common. For the few rows that have it, it would read all of a table,
    # join it with all of another, and start two processes to sort them. To the end of the transaction.
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; "
            "SET LOCAL max_parallel_workers_per_gather = 0"
        )


def _event_texts():
    return EventWording.objects.current().filter(event__in=Event.objects.announced())


def _posts():
    return Post.objects.published().order_by()


# Of which there may be very many.
LONG = [_event_texts, Microaction.objects.public, _posts]


def _latest(asked) -> dict:
    """{table: Latest}; one query."""
    first, *rest = (_of_latest(rows(), asked) for rows in LONG)
    return {table: Latest(*found) for table, *found in first.union(*rest, all=True)}


def _of_latest(rows, asked):
    hits = _among(rows, LATEST).filter(AlsoHas(asked.all)).order_by("-pk").values("pk")[:NEWEST]
    of_all = _among(rows.model.objects.all(), SAMPLE).values(table=Value(rows.model._meta.db_table))
    found = of_all.annotate(like_last=Count("pk", filter=Has(asked.last)))
    found = found.annotate(hits=ArraySubquery(hits), says_more=asked.says_more)
    return found.values_list("table", "hits", "like_last", "says_more")


def _among(rows, number):
    # By the key of the first of them: as a list of keys, PostgreSQL might ask all rows first and then which are in it.
    first = Subquery(rows.model.objects.order_by("-pk").values("pk")[number - 1 : number])
    return rows.filter(pk__gte=Coalesce(first, 0))


def principles(asked, latest):
    rows = _matching(PrincipleWording.objects.current(), asked, latest)
    return _hits(_one_each(rows, "principle_id"), asked, "principle", "principle_id")


def events(asked, latest):
    rows = _one_each(_matching(_event_texts(), asked, latest), "event_id")
    return _hits(rows, asked, "event", "event__slug", dated=F("event__starts_at"))


def pages(asked, latest):
    rows = PageWording.objects.current().filter(page__in=[key for key in Page.KEYS if key != "home"])
    rows = _matching(rows, asked, latest)
    return _hits(_one_each(rows, "page_id"), asked, "page", "page_id")


def posts(asked, latest):
    rows = _matching(_posts(), asked, latest)
    return _hits(rows, asked, "post", "slug", dated=F("published_at"))


def microactions(asked, latest):
    rows = _matching(Microaction.objects.public(), asked, latest)
    return _hits(rows, asked, "microaction", "pk", title="what", text="result")


def _matching(rows, asked, latest):
    """The newest NEWEST of `rows` that match."""
    known = latest.get(rows.model._meta.db_table, Latest([], 0, 0))
    newest = known.hits
    if len(newest) < NEWEST:
        # By a sum, so that the index of the words is read and not the rows one after the other, latest first.
        newest = _found(rows, asked, known).order_by(-(F("pk") + 0)).values("pk")[:NEWEST]
    return rows.model.objects.filter(pk__in=newest)


def _found(rows, asked, known):
    if known.like_last >= OFTEN and known.says_more:
        # The index finds few rows by the other words; in those the last one is looked for.
        return rows.filter(Has(asked.others), AlsoHas(asked.all))
    return rows.filter(Has(asked.all))


def _one_each(rows, subject):
    # The wording nearest to the reader's language.
    return rows.order_by(subject, preference(current())).distinct(subject)


def _hits(rows, asked, kind, key, *, title="title", text="body_text", dated=UNDATED):
    return rows.annotate(
        kind=Value(kind),
        key=Cast(key, CharField()),
        heading=F(title),
        passage=Left(text, PASSAGE_CHARS),
        dated=dated,
        rank=SearchRank(Words(), asked.all),
    ).values("kind", "key", "language", "heading", "passage", "dated", "rank")


def _hit(row):
    names = {"principle": "principle", "event": "event", "post": "post", "microaction": "microaction", "page": "page"}
    url = reverse(names[row["kind"]], args=[row["key"]])
    return Hit(row["kind"], url, row["language"], row["heading"], row["passage"], row["dated"])


def mark(hits: list[Hit], text) -> list[Hit]:
    """The hits with matches marked in title and passage, as safe HTML; one query."""
    words = words_of(text)
    if not hits or not words:
        return hits
    titles = _headlines([hit.title for hit in hits], hits, words, "HighlightAll=true")
    found = _headlines([hit.passage for hit in hits], hits, words, PASSAGE)
    passages = [_in_sentences(marked, hit.passage) for marked, hit in zip(found, hits, strict=True)]
    return [
        replace(hit, title=_safe(title), passage=_safe(passage))
        for hit, title, passage in zip(hits, titles, passages, strict=True)
    ]


def _in_sentences(marked, text):
    """The fragments, each from the beginning of its sentence; "…" where something is left out."""
    whole, last = "", 0
    for fragment in marked.split(BETWEEN):
        plain = fragment.replace(START, "").replace(STOP, "")
        at = max(last, text.find(plain, last))
        begin = _begin_of_sentence(text, at, least=last)
        gap = "" if begin <= last else "… "
        whole += (" " if whole else "") + gap + text[begin:at] + fragment
        last = at + len(plain)
        if stop := FULL_STOP.match(text, last):
            whole, last = whole + stop[0], stop.end()
    is_over = not text[last:].strip() or text[last - 1] in ".!?…"
    return whole if is_over else f"{whole} …"


def _begin_of_sentence(text, at, *, least):
    near = max(least, at - BACK)
    ends = [end.end() for end in SENTENCE.finditer(text, near, at)]
    if ends:
        return ends[-1]
    return near if near == least else at


def _headlines(texts, hits, words, options):
    raw = _raw(words)
    query = " || ".join("to_tsquery(%s::regconfig, %s)" for _ in CONFIGS)
    sql = f"""
        SELECT ts_headline(row.config::regconfig, row.text, {query}, %s)
        FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS row (config, text, place) ORDER BY row.place
    """  # noqa: S608 (only placeholders are put in)
    configs = [CONFIGS[hit.language] for hit in hits]
    terms = [value for name in CONFIGS.values() for value in (name, raw)]
    marks = f"StartSel={START}, StopSel={STOP}, {options}"
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [*terms, marks, configs, [BETWEEN_WORDS.sub(rf"{APART}\1{APART}", text) for text in texts]]
        )
        return [found.replace(APART, "") for (found,) in cursor.fetchall()]


def _safe(found):
    return mark_safe(escape(found).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308 (escaped just here)
