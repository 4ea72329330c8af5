"""Who may open the pages of the principles."""

EVERYBODY = {"anonymous": 200, "member": 200, "other": 200, "organiser": 200}

ROWS = [
    ("principles", {}, EVERYBODY),
    ("principles_compare", {}, EVERYBODY),
    ("principles_poster", {}, EVERYBODY),
    ("principle", {"number": 3}, EVERYBODY),
    ("principle_poster", {"number": 3}, EVERYBODY),
    ("principle_history", {"number": 3, "language": "sv"}, EVERYBODY),
    ("principle_wording_new", {"number": 3}, {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}),
]
