"""Sessions in the database. One in which nobody is signed in holds what was begun and not finished, and lives ten minutes."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from ..prepared import now, prepared

UNFINISHED_SECONDS = 600


# The class keeps its name, of which the signature of stored sessions is made.
class SessionStore(db.SessionStore):
    def get_session_cookie_age(self):
        return super().get_session_cookie_age() if SESSION_KEY in self else UNFINISHED_SECONDS

    def _get_session_from_db(self):
        # As Django's, which writes the statement anew on each page.
        found = next(iter(_alive(key=self.session_key)), None)
        if found is None:
            self._session_key = None
        return found


@prepared
def _alive(key):
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now())
