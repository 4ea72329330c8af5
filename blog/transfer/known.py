"""Posts that came in before, under another name: a folder that was renamed or moved, a blog with a new address.

Such a post has its title, language and date still. What another post of the same run is named after is never taken for it;
and a file with the name of an earlier one, and neither its title nor its date, is another post.
"""

from collections import Counter, defaultdict
from pathlib import PurePosixPath

from chapter.models import ImportMark
from chapter.remarks import about
from chapter.remarks import remark as _
from chapter.transfer import OUR_SOURCE, mark, mark_of

from .. import reading
from ..models import Post

LABEL = Post._meta.label_lower
LONGEST_TITLE = 150


def cut(text: str, length: int) -> str:
    # At the end of a word.
    return text if len(text) <= length else f"{text[: length - 2].rsplit(None, 1)[0]} …"[:length]


def source_of(posts, named: str, report) -> str:
    """The name of the source under which most of these posts are here, or `named` if they are new or it is in use."""
    marks = ImportMark.objects.filter(subject_label=LABEL)
    if marks.filter(source=named[:200]).exists():
        return named
    same = {pk for numbers in _alike(posts).values() for pk in numbers}
    found = marks.filter(subject_id__in=same).exclude(source=OUR_SOURCE).values_list("source", flat=True)
    for source, number in Counter(found).most_common(1):
        ids = [post.external_id[:500] for post in posts]
        others = marks.filter(source=source, external_id__in=ids).exclude(subject_id__in=same)
        if number > Post.objects.filter(pk__in=others.values("subject_id")).count():
            report.note(_("these posts came in before as {source}, and are compared with those", source=source))
            return source
    return named


class Known:
    """One run's marks of posts."""

    def __init__(self, posts, source, report, *, by_title):
        self.source, self.report = source, report
        for post in posts:
            if _is_a_file(post) and post.published_at and by_title:
                post.own_id = f"{post.external_id} #{post.published_at:%Y-%m-%d}"
        # Before the first is stored, so that links to the others find them.
        if by_title:
            self._mark_moved(posts)

    def mark_of(self, post) -> ImportMark | None:
        """A copy that was imported under its own name stays itself, also when the first has left the source."""
        own = post.own_id and mark_of(Post, source=self.source, external_id=post.own_id)
        found = own or mark_of(Post, source=self.source, external_id=post.external_id)
        if found and not own and self._is_another(post, found):
            post.external_id = post.own_id
            return None
        return found

    def _is_another(self, post, found):
        if not (_is_a_file(post) and post.own_id):
            return False
        row = Post.objects.filter(pk=found.subject_id).first()
        is_another = row and row.title != cut(post.title, LONGEST_TITLE) and row.published_at != post.published_at
        if is_another:
            said = _("its file has the name of another post, {title}, and it is treated as a separate post", title=row.title)  # fmt: skip
            self.report.note(about(post.title, said))
        return is_another

    def _mark_moved(self, posts):
        ids = {name for post in posts for name in (post.external_id, post.own_id) if name}
        alike = _alike(posts)
        for post in posts:
            numbers = alike.get(_key(post))
            if not numbers or self.mark_of(post):
                continue
            marks = ImportMark.objects.filter(subject_label=LABEL, source=self.source[:200], subject_id__in=numbers)
            free = marks.exclude(subject_id__in=marks.filter(external_id__in=ids).values("subject_id")).order_by("pk")
            if there := free.first():
                row = Post.objects.get(pk=there.subject_id)
                mark(row, source=self.source, external_id=post.external_id, fingerprint=there.fingerprint)


def _is_a_file(post):
    return "://" not in post.external_id and PurePosixPath(post.external_id).suffix.lower() in reading.SUFFIXES


def _key(post):
    return cut(post.title, LONGEST_TITLE), post.language, post.published_at


def _alike(posts):
    """The numbers of stored posts with the same title, language and date, by these."""
    wanted, found = {_key(post) for post in posts if post.title}, defaultdict(list)
    rows = Post.objects.filter(title__in={title for title, *_ in wanted}).order_by("pk")
    for *key, pk in rows.values_list("title", "language", "published_at", "pk"):
        if tuple(key) in wanted:
            found[tuple(key)].append(pk)
    return found
