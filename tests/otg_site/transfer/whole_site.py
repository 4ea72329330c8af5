"""A site with something of everything, for the tests of export and import."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

from django.utils import timezone

from blog.models import Byline, Post
from chapter.models import Chapter, Page
from chapter.pictures.images import store_image
from chapter.wordings import adopt_wording
from events.models import Event, Photo, Season, Series, SeriesSkip, SisterChapter
from microactions.models import Cheer
from principles.models import Principle
from tests import pictures
from tests.factories import make_comment, make_event, make_member, make_microaction, make_post, make_rsvp, make_venue

SECRETS = ["fordulgt", "secret-token", "guest@example.org", "host@example.org", "Vegard Vert", "Gjest Gjestesen"]


def build():
    Chapter.objects.update(name='Eksempel "by" \\ æøå', slack_url="https://chat.example.org/", guests_kept_days=14)
    _texts()
    series = _series()
    events = _events(series)
    _photos(events[0])
    _posts(events[0])
    _microactions(events[0])
    Season.objects.create(principle_id=3, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31))
    SisterChapter.objects.create(
        name="Lillevik", feed_url="https://lillevik.example.org/feed.ics", etag="secret-token"
    )


def make_picture(*, alt="To kopper", size=(600, 400), **said):
    content = BytesIO(pictures.encoded(pictures.two_halves(size=size), "PNG"))
    content.size = len(content.getvalue())
    return store_image(content, alt=alt, **said)


def _texts():
    page, image = Page.objects.get(key="about"), make_picture(alt="Bordet")
    for version, body in enumerate(["Først.", f"Så med bilde.\n\n![Bordet]({image.file.url})", "Til slutt."]):
        adopt_wording(
            page, language="nb", title=f"Om oss {version}", body=body, adopted_on=date(2020 + version, 1, 2)
        )
    principle = Principle.objects.get(number=3)
    source = {"source_name": "Exempelsidan", "source_url": "https://page.example.org/"}
    for title in ("Äldre ord", "Nyare ord: 'så'"):
        adopt_wording(principle, language="sv", title=title, body="- ett\n- två\n", **source)


def _series():
    venue = make_venue(directions="Inn porten.\nOpp trappa.", map_url="https://map.example.org/1")
    series = Series.objects.create(
        slug="tredje-torsdag", starts_on=date(2026, 1, 15), starts_at=time(11, 30), venue=venue,
        capacity=12, cover=make_picture(alt="", is_decorative=True), ended_at=timezone.now(), online_url="https://meet.example.org/x",
    )  # fmt: skip
    series.principles.set(Principle.objects.filter(number__in=(2, 5)))
    series.hosts.add(make_member(name="Vegard Vert", email="host@example.org"))
    SeriesSkip.objects.create(series=series, date=date(2026, 7, 16))
    adopt_wording(series, language="nb", title="Tredje torsdag", body="Vi møtes.")
    make_venue(name="Rådhuset")
    make_venue(name="Rådhuset", access_notes="Heis.")
    return series


def _events(series):
    past = make_event(
        title="=SUM(1) kaffe", body="Med *alt*, \"alt\" og\nlinjer; og komma,", starts_in=timedelta(days=-30), principles=(1, 7),
        venue=series.venue, series=series, series_date=date(2026, 1, 15), is_edited=True, cover=make_picture(), capacity=3, published_at=timezone.now(),
    )  # fmt: skip
    adopt_wording(past, language="nb", title="=SUM(1) kaffe", body="Endret.")
    adopt_wording(past, language="sv", title="Kaffe", body="Svenska")
    adopt_wording(past, language="en", title="Coffee", body="English")
    past.hosts.add(make_member(name="Ola Vert", email="vert2@example.org"))
    make_rsvp(event=past, name="Gjest Gjestesen", email="guest@example.org")
    octobers_hour = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    moved = make_event(title="Flyttet", language="sv", starts_at=octobers_hour, moved_from=octobers_hour - timedelta(days=7), state_reason="Byggearbeid", sequence=2)  # fmt: skip
    park = make_venue(name="Slottsparken", address="", city="", is_listed=False)
    make_event(title="Ute", venue=park)
    make_event(title="Avlyst", language="en", state=Event.State.CANCELLED, state_reason="Storm", time_zone="Europe/London", asks_access_needs=True)  # fmt: skip
    make_event(title="Utsatt", state=Event.State.POSTPONED, online_url="https://meet.example.org/y")
    make_event(title="Kladd fordulgt", state=Event.State.DRAFT)
    return [past, moved]


def _photos(event):
    for position, alt in enumerate(["Lapper på veggen", "Et rom"]):
        image = make_picture(alt=alt, caption="Høst, 'lapper'", credit="Foto Graf")
        Photo.objects.create(event=event, image=image, is_described=True, people_agreed=True, position=position)
    hidden = make_picture(alt="fordulgt person")
    Photo.objects.create(
        event=event,
        image=hidden,
        is_described=True,
        people_agreed=True,
        hidden_at=timezone.now(),
        hidden_note="fordulgt",
    )


def _posts(event):
    image = make_picture(alt="En tavle")
    body = f"# Overskrift\n\n---\ntekst: med kolon\n---\n\n![En tavle]({image.file.url})\n\n  innrykk  \n"
    nb = make_post(
        title='"Sitat": kaffe', body=body, lead="To\nlinjer", cover=make_picture(alt="Kaffe", credit="Foto Graf"), summary_of=event,
        composed={"topics": "- æ\n- ø"}, principles=(4,), language="nb",
    )  # fmt: skip
    Byline.objects.create(post=nb, name="Ola Eksempel", bio="Skriver.\nMye.", position=1, member=make_member())
    for language in ("sv", "en"):
        make_post(title=f"Kaffe {language}", language=language, translation_of=nb, summary_of=event)
    make_post(title="Kladd fordulgt", is_draft=True)
    make_post(title="Planlagt fordulgt", published_at=timezone.now() + timedelta(days=3))
    make_comment(post=nb, body="fordulgt kommentar")
    Post.objects.filter(pk=nb.pk).update(changed_at=datetime(2026, 3, 4, 5, 6, 7, 891, tzinfo=UTC))


def _microactions(event):
    make_microaction(what="Første, som ble slettet").delete()
    done = make_microaction(
        what="+47 ganger 'takk'", status="done", result="Det virket.\nBra!", event=event, principle_id=2, name="Kari Eksempel",
        cue="går inn", first_step="si hei", language="sv", led_to=event, moment="lunsj", token="secret-token",
    )  # fmt: skip
    for _ in range(3):
        Cheer.objects.create(microaction=done, member=make_member())
    make_microaction(what="@alle si takk", email="guest@example.org")
    make_microaction(what="fordulgt", visibility="me")
    make_microaction(what="fordulgt ved bordet", visibility="event", event=event)
    make_microaction(what="fordulgt holdt", held=True)
    make_microaction(what="fordulgt ubekreftet", status="pending", email="x@example.org")
