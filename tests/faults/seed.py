"""Run in a process of its own with a site's settings: an open event, and members with sessions. Prints them as JSON.

Signing in by mail is not what is tested here, and would run into its limits.
"""

import json
import os
import secrets
import sys


def main(people, capacity):
    os.environ["DJANGO_SETTINGS_MODULE"] = "otg_site.settings"
    import django

    django.setup()
    from bench.people import session_of
    from tests.factories import make_event, make_member

    event = make_event(capacity=capacity, slug=f"faults-{secrets.token_hex(4)}")
    members = [make_member(email=f"{secrets.token_hex(6)}@example.org") for _ in range(people)]
    organiser = make_member(email=f"{secrets.token_hex(6)}@example.org", is_organiser=True)
    print(
        json.dumps(
            {
                "event": event.pk,
                "slug": event.slug,
                "members": [{"id": one.pk, "email": one.email, "session": session_of(one)} for one in members],
                "organiser": session_of(organiser),
            }
        )
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
