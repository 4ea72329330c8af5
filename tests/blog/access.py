"""Who may open the blog's pages."""

from tests.factories import make_comment, make_event, make_import_file, make_post

EVERYBODY = {"anonymous": 200, "member": 200, "other": 200, "organiser": 200}
ORGANISERS = {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}
HIDDEN = {"anonymous": 404, "member": 404, "other": 404, "organiser": 200}
POST_ONLY = dict.fromkeys(EVERYBODY, 405)
TO_THE_POST = dict.fromkeys(EVERYBODY, 302)


def published(member):
    return {"slug": make_post().slug}


def draft(member):
    return {"slug": make_post(is_draft=True).slug}


def published_pk(member):
    return {"pk": make_post().pk}


def draft_pk(member):
    return {"pk": make_post(is_draft=True).pk}


def own_comment(member):
    return {"pk": make_comment(member=member).pk}


def guests_comment(member):
    return {"token": make_comment(name="Kari", email="kari@example.org").token}


def event(member):
    return {"slug": make_event().slug}


def file_of_posts(member):
    return {"pk": make_import_file(kind="posts", name="post.md", content=b"---\ntitle: A\n---\nText.").pk}


ROWS = [
    ("blog", {}, EVERYBODY),
    ("blog_feed", {}, EVERYBODY),
    ("post", published, EVERYBODY),
    ("post_card", published, EVERYBODY),
    ("post_card", draft, dict.fromkeys(EVERYBODY, 404)),
    ("post", draft, HIDDEN),
    ("posts", {}, ORGANISERS),
    ("post_new", {}, ORGANISERS),
    ("monthly_letter", {}, ORGANISERS),
    ("post_edit", draft_pk, ORGANISERS),
    ("post_edit", published_pk, ORGANISERS),
    ("post_publish", draft_pk, ORGANISERS),
    ("post_unpublish", published_pk, POST_ONLY),
    ("post_delete", draft_pk, ORGANISERS),
    ("post_delete", published_pk, {**ORGANISERS, "organiser": 404}),
    ("post_summary", event, POST_ONLY),
    ("posts_bring", {}, ORGANISERS),
    ("posts_take", file_of_posts, {**ORGANISERS, "organiser": 405}),
    ("comment_create", published_pk, TO_THE_POST),
    ("comment_create", draft_pk, dict.fromkeys(EVERYBODY, 404)),
    ("comment_sent", {}, EVERYBODY),
    ("guest_comment", guests_comment, EVERYBODY),
    ("comments_waiting", {}, ORGANISERS),
    ("comment_moderate", own_comment, POST_ONLY),
    ("comment_delete", own_comment, POST_ONLY),
]
