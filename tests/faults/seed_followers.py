"""Run in a process of its own with a site's settings: followers who said yes, and one event that they are told of."""

import os
import secrets
import sys


def main(number):
    os.environ["DJANGO_SETTINGS_MODULE"] = "otg_site.settings"
    import django

    django.setup()
    from django.utils import timezone

    from followers.models import Follower
    from tests.factories import make_announcement, make_event

    now = timezone.now()
    Follower.objects.bulk_create(
        Follower(email=f"f{place}-{secrets.token_hex(4)}@example.org", confirmed_at=now) for place in range(number)
    )
    make_announcement(event=make_event(slug=f"told-{secrets.token_hex(4)}", body="Kaffe. " * 40))


if __name__ == "__main__":
    main(int(sys.argv[1]))
