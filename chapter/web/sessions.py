"""Sessions in the database. One in which nobody is signed in holds what was begun and not finished, and lives ten minutes."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

UNFINISHED_SECONDS = 600


# The class keeps its name, of which the signature of stored sessions is made.
class SessionStore(db.SessionStore):
    def get_session_cookie_age(self):
        return super().get_session_cookie_age() if SESSION_KEY in self else UNFINISHED_SECONDS
