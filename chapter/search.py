"""Full-text search in three languages: the words of each row's texts, which PostgreSQL keeps beside them."""

from django.contrib.postgres.search import SearchVectorField
from django.db import migrations
from django.db.models import BooleanField, Expression, F, Func

COLUMN = "search"


class LanguageVector(Func):
    """`LanguageVector("language", "title", "text")`: a tsvector with the stemmer of the row's language.

    The title weighs A, the text B. Immutable, so that an index can hold it.
    """

    output_field = SearchVectorField()
    arity = 3
    CONFIG = (
        "CASE {language} WHEN 'nb' THEN 'norwegian'::regconfig WHEN 'sv' THEN 'swedish'::regconfig "
        "ELSE 'english'::regconfig END"
    )

    def as_sql(self, compiler, connection, **extra):
        parts, params = zip(*(compiler.compile(part) for part in self.source_expressions), strict=True)
        sql = _vector(self.CONFIG, *parts)
        language, title, text = params
        return sql, [*language, *title, *language, *text]


def _vector(config, language, title, text):
    config = config.format(language=language)
    return (
        f"(setweight(to_tsvector({config}, COALESCE({title}, '')), 'A') || "
        f"setweight(to_tsvector({config}, COALESCE({text}, '')), 'B'))"
    )


# What stands between two words without a space: kaffe/te, covid-19, 25/10, 11.30, oneteamgov.no. PostgreSQL would take such a
# pair for one word, a file, a number below zero or a host, and find neither of the two.
BETWEEN = "/\\.:@+<>=&~#%-"


def apart(text: str) -> str:
    """SQL: the text with spaces between its words."""
    return f"translate(COALESCE({text}, ''), '{BETWEEN}', '{' ' * len(BETWEEN)}')"


class Words(Func):
    """The words of a row, as the table keeps them. No field, since every query that reads a row would fetch it."""

    output_field = SearchVectorField()

    def __init__(self):
        # Whichever column: it brings the name that the table has in the query.
        super().__init__(F("language"))

    def as_sql(self, compiler, connection, **extra):
        (beside,) = self.source_expressions
        return f"{compiler.quote_name_unless_alias(beside.alias)}.{connection.ops.quote_name(COLUMN)}", []


class Has(Func):
    """Whether the words match a tsquery; found by the index."""

    output_field = BooleanField()
    template = "(%(expressions)s)"
    arg_joiner = " @@ "

    def __init__(self, query: Expression):
        super().__init__(Words(), query)


class AlsoHas(Has):
    """As `Has`, asked of each row that all else has left over, and not of the index."""

    template = "ts_match_vq(%(expressions)s)"
    arg_joiner = ", "


def keep_words(model: str, table: str, title: str, text: str, index: str) -> list:
    """Operations of a migration: the column and its index, in place of `index`, which had no column."""
    vector = _vector(LanguageVector.CONFIG, "language", title, text)
    make = f"""
        ALTER TABLE {table} ADD COLUMN {COLUMN} tsvector GENERATED ALWAYS AS ({vector}) STORED;
        CREATE INDEX {table}_{COLUMN} ON {table} USING gin ({COLUMN})
    """
    return [
        migrations.RunSQL(make, f"ALTER TABLE {table} DROP COLUMN {COLUMN}"),
        migrations.RemoveIndex(model, index),
    ]


def keep_words_apart(table: str, title: str, text: str) -> list:
    """Operations of a migration: the column of `keep_words` made anew, with words that stand apart."""
    config = LanguageVector.CONFIG.format(language="language")
    vector = f"setweight(to_tsvector({config}, {apart(title)}), 'A') || setweight(to_tsvector({config}, {apart(text)}), 'B')"
    return [
        migrations.RunSQL(_anew(table, vector), _anew(table, _vector(LanguageVector.CONFIG, "language", title, text)))
    ]


def _anew(table, vector):
    # PostgreSQL before 17 cannot change what a column is generated from.
    return f"""
        ALTER TABLE {table} DROP COLUMN {COLUMN};
        ALTER TABLE {table} ADD COLUMN {COLUMN} tsvector GENERATED ALWAYS AS ({vector}) STORED;
        CREATE INDEX {table}_{COLUMN} ON {table} USING gin ({COLUMN})
    """


def list_immediately(table: str) -> list:
    """Operations of a migration: new words go into the index as they come.

    By default PostgreSQL puts them aside, up to 4 MB, and every search reads what was put aside from end to end.
    """
    index = f"{table}_{COLUMN}"
    make = f"ALTER INDEX {index} SET (fastupdate = off); SELECT gin_clean_pending_list('{index}')"
    return [migrations.RunSQL(make, f"ALTER INDEX {index} RESET (fastupdate)")]
