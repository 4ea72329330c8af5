"""The tables that pages are drawn from, and the triggers that tell of what is written to them."""

import re
from functools import cache

from django.apps import apps
from django.db import connection
from psycopg import sql

CHANNEL = "page_cache"
TRIGGER = "tell_page_cache"
# No page for everybody is drawn from these; one that reads them is not kept. Whatever is not in here tells of itself.
QUIET = frozenset({
    "account_emailaddress", "account_emailconfirmation",
    "auth_group", "auth_group_permissions", "auth_permission", "chapter_member_groups", "chapter_member_user_permissions",
    "chapter_auditentry", "chapter_backup", "chapter_cache", "chapter_delivery", "chapter_feedtold", "chapter_gone",
    "chapter_importfile", "chapter_mailedcode", "chapter_ratehit",
    "chapter_sealedmail", "chapter_siteexport", "chapter_siteexportpiece",
    "django_admin_log", "django_content_type", "django_migrations", "django_session",
    "events_accessneed", "events_personalfeed",
    "facilitation_deal", "facilitation_groupmember", "facilitation_heart", "facilitation_workplace",
    "facilitation_session", "facilitation_sessiondot", "facilitation_sessionnote", "facilitation_sessionroom",
    "facilitation_sessionslot", "facilitation_sessionstar",
    "followers_announcement", "followers_digest", "followers_follower", "followers_follower_principles",
    "followers_follower_series", "followers_invitation", "followers_news", "followers_suppression", "followers_toldseries",
    "microactions_proposedaddress", "mfa_authenticator",
    "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
    "usersessions_usersession",
})  # fmt: skip
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME); RETURN NULL; END $$
"""
MAKE = f"""
    CREATE OR REPLACE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {{}}
    FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()
"""
# The tables that tell. Their numbers change where a backup took their place.
TELLING = """
    SELECT relname, pg_class.oid FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE tgname = %s AND tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace
"""


@cache
def telling() -> frozenset[str]:
    """The tables that tell when they are written to: all of the site's, but for the quiet ones."""
    models = apps.get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models) - QUIET


def install() -> None:
    """Make the triggers. Repeatable."""
    with connection.cursor() as cursor:
        cursor.execute(TELLING, [TRIGGER])
        there = {name for name, _ in cursor.fetchall()}
        cursor.execute(FUNCTION)
        # Not those that are there: each would lock its table.
        for table in sorted(telling() - there):
            cursor.execute(sql.SQL(MAKE).format(sql.Identifier(table)))


def tell(model) -> None:
    """Drop the pages that read this model's table, though nothing is written to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, model._meta.db_table])


def read_by(statements) -> frozenset[str]:
    """The tables that these statements may read: every word in them that is a table's name."""
    words = {word for statement in statements for word in re.findall(r"\w+", statement)}
    return words & (telling() | QUIET)
