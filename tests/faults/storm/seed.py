"""Run in a process of its own with a site's settings: what the hostile storm is about. Prints it as JSON.

One address of each kind, valid forms for them several times over, since many are used up by the first who sends them,
and sessions of each role, since signing out and deleting oneself are among the forms.
"""

import json
import os
import sys
from contextlib import contextmanager, suppress


def main(copies, people):
    os.environ["DJANGO_SETTINGS_MODULE"] = "otg_site.settings"
    import django

    django.setup()
    from django.utils.translation import override

    from tests.factories import make_member, make_organiser

    members = [make_member() for _ in range(people)]
    roles = {
        "member": members[: people // 2],
        "other": members[people // 2 :],
        "organiser": [make_organiser() for _ in range(people)],
    }
    with override("nb"):
        forms = [form for turn in range(copies) for form in _forms(roles, turn)]
        made = {"sessions": _sessions(roles), "addresses": _addresses(members[0]), "forms": forms}
    print(json.dumps(made))


def _sessions(roles):
    from bench.people import session_of

    return {role: [session_of(one) for one in people] for role, people in roles.items()}


def _addresses(owner):
    from tests.everywhere.test_access import ROWS
    from tests.everywhere.test_hostile import address

    found = []
    for name, arguments, _expected in ROWS:
        # Only the demo has them, and to make one writes a mail to its folder.
        if name.startswith("demo_"):
            continue
        with _where_there_is_room():
            found.append([name, address(name, arguments, owner)])
    return found


def _forms(roles, turn):
    from tests.everywhere.hostile import FORMS, ON_THE_SPOT
    from tests.everywhere.test_hostile import prepared

    for name, arguments, who, fields in FORMS + ON_THE_SPOT:
        sender = roles[who][turn % len(roles[who])] if who in roles else None
        with _where_there_is_room():
            path, filled_in = prepared(name, arguments, sender, fields)
            texts = {key: str(value) for key, value in filled_in.items()}
            yield {"name": name, "path": path, "who": who, "fields": texts}


@contextmanager
def _where_there_is_room():
    """Some rows keep others of their kind out: two seasons do not overlap."""
    from django.db import IntegrityError, transaction

    with suppress(IntegrityError), transaction.atomic():
        yield


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
