"""What the database refuses by itself, whoever writes to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from tests.factories import make_comment, make_event, make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("is_draft = false, published_at = NULL", "post_published_has_a_time"),
        ("slug = 'same'", "slug"),
        ("translation_of_id = (SELECT min(id) FROM blog_post)", "post_one_translation_per_language"),
        ("summary_of_id = (SELECT min(id) FROM events_event)", "post_one_summary_per_language"),
    ],
)
def test_no_such_posts(change, constraint):
    make_event(starts_in=timedelta(days=-2))
    make_post(), make_post()
    with pytest.raises(IntegrityError, match=constraint), connection.cursor() as cursor:
        cursor.execute(f"UPDATE blog_post SET {change}")


def test_no_such_state_of_a_comment():
    make_comment()
    with pytest.raises(IntegrityError, match="comment_status"), connection.cursor() as cursor:
        cursor.execute("UPDATE blog_comment SET status = 'deleted'")
