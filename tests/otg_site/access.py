"""Who may open the front door's pages."""

EVERYBODY = {"anonymous": 200, "member": 200, "other": 200, "organiser": 200}

ROWS = [
    ("choose_language", {}, dict.fromkeys(EVERYBODY, 302)),
    ("home", {}, EVERYBODY),
    ("search", {}, EVERYBODY),
    ("desk", {}, {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}),
    ("healthz", {}, EVERYBODY),
    ("readyz", {}, dict.fromkeys(EVERYBODY, 503)),  # no worker runs beside the tests
    ("robots", {}, EVERYBODY),
    ("security", {}, EVERYBODY),
    ("sitemaps", {}, EVERYBODY),
    ("sitemap", {"section": "events"}, EVERYBODY),
    ("media", {"path": "nothing.webp"}, dict.fromkeys(EVERYBODY, 404)),
]
