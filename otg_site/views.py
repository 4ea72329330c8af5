"""Home, search, the organisers' desk, and addresses for machines."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps.views import x_robots_tag
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import get_language_from_request
from django.views.static import was_modified_since

from chapter import renditions
from chapter.fields import clean_line
from chapter.languages import CODES
from chapter.models import Chapter
from chapter.page_cache import cached_page
from chapter.panels import panels_for
from chapter.web import organiser_required, page_of

from . import health
from . import search as search_index
from .home import desk as desk_of
from .home import front_page
from .sitemaps import SECTIONS

HITS_PER_PAGE = 20


def choose_language(request, *, to=""):
    """Redirect to a page in the language of the cookie, then the browser's, then nb; to the home page for `/`."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/{to}")
    response["Vary"] = "Accept-Language, Cookie"
    return response


def follow_in_your_language(request):
    """The address for slides and posters, without a language, as short as can be typed."""
    return choose_language(request, to="follow/")


@cached_page()
def home(request):
    return render(request, "home.html", {**front_page(), "panels": panels_for("home", None, request)})


def search(request):
    text = clean_line(request.GET.get("q", ""))[: search_index.MAX_QUERY]
    page = page_of(search_index.search(text), request, per_page=HITS_PER_PAGE)
    hits = search_index.mark(page.object_list, text)
    return render(request, "search/page.html", {"text": text, "page": page, "hits": hits})


@organiser_required
def desk(request):
    return render(request, "organise/desk.html", desk_of(request))


def media(request, path):
    """Pictures, with headers that keep a browser from treating a file as anything else; a proxy that serves them sends the same."""
    picture = renditions.PATH.match(path)
    if not picture:
        raise Http404
    try:
        response = _picture(request, path)
    except ConnectionError:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    except OSError as error:
        raise Http404 from error
    response["Content-Type"] = renditions.CONTENT_TYPES[picture["type"]]
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    # One hour: a photo that somebody was taken out of must not stay in caches for a year.
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _picture(request, path):
    changed_at = default_storage.get_modified_time(path).timestamp()
    if was_modified_since(request.headers.get("If-Modified-Since"), changed_at):
        with default_storage.open(path) as file:
            response = HttpResponse(file.read())
    else:
        response = HttpResponseNotModified()
    response["Last-Modified"] = http_date(changed_at)
    return response


@x_robots_tag
def sitemap_index(request):
    """As Django's, but its addresses begin with SITE_URL, and a section's time is spelled once and not for each page."""
    sections = [_section(name, section()) for name, section in SECTIONS.items()]
    return render(request, "sitemap_index.xml", {"sections": sections}, content_type="application/xml")


def _section(name, section):
    changed_at = section.get_latest_lastmod()
    return {
        "address": f"{settings.SITE_URL}{reverse('sitemap', args=[name])}",
        "changed_at": changed_at and changed_at.isoformat(),
        "more_pages": range(2, section.paginator.num_pages + 1),
    }


def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*/search/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return _plain(lines)


def security(request):
    """security.txt (RFC 9116), valid for 180 days from each request."""
    expires = timezone.now().replace(microsecond=0) + timedelta(days=180)
    lines = [f"Contact: mailto:{Chapter.load().contact_email}", f"Expires: {expires.isoformat()}"]
    here = f"Canonical: {settings.SITE_URL}/.well-known/security.txt"
    return _plain([*lines, f"Preferred-Languages: {', '.join(CODES)}", here])


def _plain(lines):
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


def readyz(request):
    """200 if the database answers, no migration is pending, a worker was alive in the last minute and mail has not failed
    for five; else 503. With `?full`, also the figures behind it and the age of the last backup."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    found = health.look()
    state = {
        "database": True,
        "migrations": not executor.migration_plan(executor.loader.graph.leaf_nodes()),
        "worker": not found.worker_is_silent,
        "mail": not found.mail_fails,
    }
    figures = found.figures() if "full" in request.GET else {}
    return JsonResponse({**state, **figures}, status=200 if all(state.values()) else 503)
