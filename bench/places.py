"""Where the growth bench and the tests of queries go: every page whose work may grow with the tables."""

# The first has a crowd.
MEETUP, USUAL_MEETUP, PAST_MEETUP = "meetup-1", "meetup-2", "meetup-past-20"

# A common word, in two languages and unfinished; several words, a phrase, what nobody wrote, what is misspelt; numbers, one
# letter, words that say nothing, accents and capitals, and as much as anybody may ask for.
SEARCHES = [
    "kaffe", "coffee", "kaf", "kaffe+og+prat", "%22en+prat+om+det%22", "kaffe+prat+naboteamet", "naboteamet+900",
    "finnes-ikke", "finnesikke", "kafffe", "900+kaffe", "kaffe+900", "900+kaf", "900", "25/10", "k", "k+kaffe",
    "og+i+på", "och+det", "the", "KAFFÉ", "Göteborg", "å+kaffe", "vi+snakket+om+kaffe", "+".join(["kaffe", "prat"] * 9),
]  # fmt: skip


def everybody():
    """(name of the address, its arguments, query) for somebody who is not signed in."""
    from chapter.models import Member
    from events.models import PersonalFeed, Rsvp
    from microactions.models import Microaction

    note = Microaction.objects.public().order_by("pk").values_list("pk", flat=True)[0]
    pledge = Microaction.objects.order_by("pk").values_list("token", flat=True)[0]
    guest = Rsvp.objects.filter(member=None).order_by("pk").values_list("token", flat=True)[0]
    feed, _ = PersonalFeed.objects.get_or_create(member=Member.objects.get(email="member1@example.org"))
    return [
        ("home", (), ""),
        *[("events", (), query) for query in ("", "?kind=lean_coffee", "?place=Oslo", "?place=online")],
        *[("events_past", (), query) for query in ("", f"?year={_last_year()}")],
        ("events_feed", (), ""),
        ("events_feed", (), "?place=Oslo"),
        ("personal_feed", (feed.token,), ""),
        ("events_json", (), ""),
        ("embed", (), ""),
        ("embed_help", (), ""),
        ("elsewhere", (), ""),
        ("series_list", (), ""),
        ("propose", (), ""),
        ("event", (MEETUP,), ""),
        *[("event", (slug,), "") for slug in (USUAL_MEETUP, PAST_MEETUP)],
        ("event_ics", (MEETUP,), ""),
        ("event_card", (MEETUP,), ""),
        ("event_photos", (MEETUP,), ""),
        ("rsvp", (guest,), ""),
        *[("wall", (), query) for query in ("", "?state=done", "?state=open", "?principle=3", f"?event={MEETUP}")],
        ("wall_feed", (), ""),
        ("microaction", (note,), ""),
        ("microaction_manage", (pledge,), ""),
        ("pledge", (), ""),
        ("idea_bank", (), ""),
        *[("blog", (), query) for query in ("", "?language=nb", "?principle=3", "?principle=3&language=sv")],
        ("blog_feed", (), ""),
        ("post", ("story-10",), ""),
        ("post", ("story-900",), ""),
        ("principles", (), ""),
        ("principle", (3,), ""),
        *[("search", (), f"?q={words}") for words in SEARCHES],
        ("sitemaps", (), ""),
        *[("sitemap", (section,), "") for section in ("front", "pages", "principles", "events", "photos")],
        *[("sitemap", (section,), "") for section in ("series", "microactions", "posts")],
    ]


def organisers():
    """The same for an organiser, who has been to many meetups."""
    return [
        *[(name, (), "") for name in ("home", "events", "events_past", "wall", "blog", "desk", "me", "posts")],
        *[(name, (), "") for name in ("members", "organise_log", "venues", "proposals", "seasons", "retention")],
        *[(name, (), "") for name in ("comments_waiting", "microactions_waiting", "event_figures", "page_list")],
        ("members", (), "?q=Member+7"),
        ("organise_log", (), "?page=2"),
        *[("event", (slug,), "") for slug in (MEETUP, PAST_MEETUP)],
        *[("event_attendees", (slug,), "") for slug in (MEETUP, USUAL_MEETUP)],
        *[(name, (slug,), "") for name in ("event_door", "door_state") for slug in (MEETUP, USUAL_MEETUP)],
        *[(name, (MEETUP,), "") for name in ("event_messages", "event_hosts")],
        ("event_edit", (MEETUP,), ""),
        ("post", ("story-10",), ""),
    ]


def _last_year():
    from django.utils import timezone

    return timezone.now().year - 1
