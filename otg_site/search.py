"""Full-text search over everything public: two queries for the hits, one for the marked passages."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection, transaction
from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Cast, Left
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from blog.models import Post
from chapter.languages import current, preference
from chapter.models import Page, PageWording
from chapter.search import LanguageVector
from events.models import Event, EventWording
from microactions.models import Microaction
from principles.models import PrincipleWording

MAX_QUERY = 100
MAX_WORDS = 8
MAX_HITS = 100
# Ranking is limited to the newest of each kind and to how they begin, so that a common word costs no more than a rare
# one: whatever is ranked is read and stemmed anew.
NEWEST = 100
RANKED_CHARS = 1000
# A common word is found among the latest rows; for any other, PostgreSQL must ask the index of words.
LATEST = 200
# Of one hit, where the marked passages are looked for.
PASSAGE_CHARS = 20_000
CONFIGS = {"nb": "norwegian", "sv": "swedish", "en": "english"}
# A union needs the same column types in each query; only events and posts have a date.
UNDATED = Cast(Value(None), DateTimeField())
# Marks around a hit: stored texts cannot contain control characters, which forms remove.
START, STOP = "\x02", "\x03"
PASSAGE = 'MaxFragments=2, MinWords=8, MaxWords=24, FragmentDelimiter=" … "'


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


def tsquery(words):
    """All words, the last one as a prefix, stemmed in each of the three languages."""
    raw = _raw(words)
    norwegian, swedish, english = (SearchQuery(raw, config=name, search_type="raw") for name in CONFIGS.values())
    return norwegian | swedish | english


def search(text) -> list[Hit]:
    """At most MAX_HITS hits, best first, for a reader of the page's language; [] if `text` has no word."""
    words = words_of(text)
    if not words:
        return []
    query = tsquery(words)
    with transaction.atomic():
        _read_by_index()
        common = _common(query)
        first, *rest = (source(query, common) for source in (principles, events, microactions, posts, pages))
        rows = list(first.union(*rest, all=True).order_by("-rank", "kind", "key")[:MAX_HITS])
    return [_hit(row) for row in rows]


def _read_by_index():
    # PostgreSQL takes the beginning of a word for common, and would stem all texts of a table to find the few that
    # have it. To the end of the transaction.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")


def _event_texts():
    return EventWording.objects.current().filter(event__in=Event.objects.announced())


def _posts():
    return Post.objects.published().order_by()


# Of which there may be very many: (rows, title, text).
LONG = [
    (_event_texts, "title", "body_text"),
    (Microaction.objects.public, "what", "result"),
    (_posts, "title", "body_text"),
]


def _common(query) -> dict:
    """{table: keys of its newest hits} where the latest rows have so many that no others are ranked; one query."""
    first, *rest = (_among_latest(_found(rows(), query, title, text)) for rows, title, text in LONG)
    newest = defaultdict(list)
    for table, key in first.union(*rest, all=True):
        newest[table].append(key)
    return {table: keys for table, keys in newest.items() if len(keys) == NEWEST}


def _among_latest(found):
    latest = found.model.objects.order_by("-pk").values("pk")[:LATEST]
    newest = found.filter(pk__in=latest).order_by("-pk")
    return newest.annotate(table=Value(found.model._meta.db_table)).values_list("table", "pk")[:NEWEST]


def principles(query, common):
    rows = _matching(PrincipleWording.objects.current(), query, common, "title", "body_text")
    return _hits(_one_each(rows, "principle_id"), query, "principle", "principle_id")


def events(query, common):
    rows = _one_each(_matching(_event_texts(), query, common, "title", "body_text"), "event_id")
    return _hits(rows, query, "event", "event__slug", dated=F("event__starts_at"))


def pages(query, common):
    rows = PageWording.objects.current().filter(page__in=[key for key in Page.KEYS if key != "home"])
    rows = _matching(rows, query, common, "title", "body_text")
    return _hits(_one_each(rows, "page_id"), query, "page", "page_id")


def posts(query, common):
    rows = _matching(_posts(), query, common, "title", "body_text")
    return _hits(rows, query, "post", "slug", dated=F("published_at"))


def microactions(query, common):
    rows = _matching(Microaction.objects.public(), query, common, "what", "result")
    return _hits(rows, query, "microaction", "pk", title="what", text="result")


def _found(rows, query, title, text):
    return rows.annotate(vector=LanguageVector("language", title, text)).filter(vector=query)


def _matching(rows, query, common, title, text):
    newest = common.get(rows.model._meta.db_table)
    if newest is None:
        # By a sum, so that the index of the words is read and not the rows one after the other, latest first.
        newest = _found(rows, query, title, text).order_by(-(F("pk") + 0)).values("pk")[:NEWEST]
    beginning = LanguageVector("language", title, Left(text, RANKED_CHARS))
    return rows.model.objects.filter(pk__in=newest).annotate(vector=beginning)


def _one_each(rows, subject):
    # The wording nearest to the reader's language.
    return rows.order_by(subject, preference(current())).distinct(subject)


def _hits(rows, query, kind, key, *, title="title", text="body_text", dated=UNDATED):
    return rows.annotate(
        kind=Value(kind),
        key=Cast(key, CharField()),
        heading=F(title),
        passage=Left(text, PASSAGE_CHARS),
        dated=dated,
        rank=SearchRank(F("vector"), query),
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
    passages = _headlines([hit.passage for hit in hits], hits, words, PASSAGE)
    return [
        replace(hit, title=title, passage=passage) for hit, title, passage in zip(hits, titles, passages, strict=True)
    ]


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
        cursor.execute(sql, [*terms, marks, configs, texts])
        return [_safe(found) for (found,) in cursor.fetchall()]


def _safe(found):
    return mark_safe(escape(found).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308 (escaped just here)
