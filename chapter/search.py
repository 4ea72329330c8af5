"""Full-text search in three languages: the vector each app's table is indexed by."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func


class LanguageVector(Func):
    """`LanguageVector("language", "title", "text")`: a tsvector with the stemmer of the row's language.

    The title weighs A, the text B. Immutable, so that a GIN index can hold it; queries must build it the same way.
    """

    output_field = SearchVectorField()
    arity = 3
    CONFIG = (
        "CASE {language} WHEN 'nb' THEN 'norwegian'::regconfig WHEN 'sv' THEN 'swedish'::regconfig "
        "ELSE 'english'::regconfig END"
    )

    def as_sql(self, compiler, connection, **extra):
        parts, params = zip(*(compiler.compile(part) for part in self.source_expressions), strict=True)
        language, title, text = parts
        config = self.CONFIG.format(language=language)
        sql = (
            f"(setweight(to_tsvector({config}, COALESCE({title}, '')), 'A') || "
            f"setweight(to_tsvector({config}, COALESCE({text}, '')), 'B'))"
        )
        return sql, [*params[0], *params[1], *params[0], *params[2]]
