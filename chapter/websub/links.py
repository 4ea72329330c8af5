"""Where a feed's hub is, in the headers of the feed; in the feed itself `chapter/web/feeds.py` says it."""

from functools import wraps

from django.conf import settings
from django.urls import reverse


def with_hub_links(name: str):
    """Of the view of the Atom feed that has this URL name."""

    def decorate(view):
        @wraps(view)
        def linked(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if settings.WEBSUB_HUB:
                own = settings.SITE_URL + reverse(name)
                response["Link"] = f'<{settings.WEBSUB_HUB}>; rel="hub", <{own}>; rel="self"'
            return response

        return linked

    return decorate
