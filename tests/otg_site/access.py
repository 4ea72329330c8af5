"""Who may open the front door's pages."""

from chapter.models import SiteExport

EVERYBODY = {"anonymous": 200, "member": 200, "other": 200, "organiser": 200}


def an_export(member):
    return {"pk": SiteExport.objects.create(state="ready").pk}


ROWS = [
    ("choose_language", {}, dict.fromkeys(EVERYBODY, 302)),
    ("home", {}, EVERYBODY),
    ("search", {}, EVERYBODY),
    ("desk", {}, {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}),
    ("site_export", {}, {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}),
    # Who has not just signed in is asked again.
    ("site_export_file", an_export, {"anonymous": 302, "member": 403, "other": 403, "organiser": 302}),
    ("healthz", {}, EVERYBODY),
    ("readyz", {}, dict.fromkeys(EVERYBODY, 503)),  # no worker runs beside the tests
    ("metrics", {}, dict.fromkeys(EVERYBODY, 404)),  # off, as it is unless somebody sets the token
    ("robots", {}, EVERYBODY),
    ("security", {}, EVERYBODY),
    ("sitemaps", {}, EVERYBODY),
    ("sitemap", {"section": "events"}, EVERYBODY),
    ("accent_css", {"digits": "a3007c"}, EVERYBODY),
    ("media", {"path": "nothing.webp"}, dict.fromkeys(EVERYBODY, 404)),
]
