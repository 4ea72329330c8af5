"""Events from a file on the organisers' page: read first, brought in when somebody says so, nothing in between."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from chapter.models import AuditEntry, ImportFile
from chapter.privacy import unfinished
from chapter.transfer import bringing
from events.models import Event
from events.transfer.bringing import DOOR
from tests.events.reading.files import calendar
from tests.factories import make_import_file, make_organiser

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KAFFE = "UID:a\nSUMMARY:Kaffe\nDTSTART;TZID=Europe/Oslo:20261201T113000"
SECRET = "UID:b\nSUMMARY:Hemmelig\nCLASS:PRIVATE\nDTSTART;TZID=Europe/Oslo:20261202T113000"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


@pytest.fixture
def organiser(client):
    member = make_organiser()
    client.force_login(member)
    return member


def upload(client, content, *, name="calendar.ics", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("events_bring"), {"file": file, "language": "nb", "months_back": "24", **fields})


def work():
    for pk in ImportFile.objects.values_list("pk", flat=True):
        bringing.work_on(DOOR, pk)


def page(client):
    return " ".join(client.get(reverse("events_bring")).content.decode().split())


def test_a_file_is_read_and_nothing_is_stored(client, organiser):
    assert upload(client, calendar(KAFFE, SECRET)).status_code == 302
    assert "The file is being read" in page(client)
    work()
    assert Event.objects.count() == 0
    found = page(client)
    assert ("Nothing is stored yet" in found, "2026-12-01 11:30 Kaffe" in found, "it is private there" in found) == (
        True,
    ) * 3


def test_what_was_read_is_brought_in_when_somebody_says_so(client, organiser):
    upload(client, calendar(KAFFE, SECRET))
    work()
    client.post(reverse("events_take", args=[ImportFile.objects.get().pk]))
    assert Event.objects.count() == 0
    work()
    assert [(event.wording.title, event.state) for event in Event.objects.all()] == [("Kaffe", "draft")]
    assert "The file has been brought in" in page(client)
    assert [(line.verb, line.about) for line in AuditEntry.objects.all()] == [("events_brought_in", "calendar.ics")]


def test_what_is_to_come_is_published_if_that_is_asked_for(client, organiser):
    upload(client, calendar(KAFFE), publish="on", language="sv")
    work()
    client.post(reverse("events_take", args=[ImportFile.objects.get().pk]))
    work()
    assert [(event.state, event.wording.language) for event in Event.objects.all()] == [("published", "sv")]


def test_how_far_back_and_which_number_is_the_month_can_be_chosen(client, organiser):
    upload(client, b"title,start\nA,10/05/2026 11:30\n", name="table.csv", dates="month-first")
    work()
    assert "2026-10-05 11:30 A" in page(client)
    old = KAFFE.replace("20261201", "20220301")
    upload(client, calendar(old))
    work()
    found = page(client)
    assert ("1 event is before 2024-11-20" in found, "--months" in found) == (True, False)
    upload(client, calendar(old), months_back="60")
    work()
    assert "2022-03-01 11:30 Kaffe" in page(client)


def test_pressing_twice_brings_in_once(client, organiser):
    file = make_import_file()
    for _ in range(2):
        client.post(reverse("events_take", args=[file.pk]))
    work()
    work()
    assert (Event.objects.count(), AuditEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"name;where\nA;B", calendar("UID:a\nDTSTART:20261201T113000\nRRULE:FREQ=SECONDLY")]
)
def test_a_file_that_cannot_be_read_says_why(client, organiser, content):
    upload(client, content)
    work()
    assert ImportFile.objects.get().state == "refused"
    assert "This file can’t be read. Nothing was stored." in page(client)


def test_a_failure_is_said_and_the_next_file_can_be_read(client, organiser):
    upload(client, calendar(KAFFE))
    ImportFile.objects.update(options={"language": "nb", "time_zone": "Nowhere"})
    bringing.logger.disabled = True
    work()
    bringing.logger.disabled = False
    assert "Something went wrong" in page(client)
    assert upload(client, calendar(KAFFE)).status_code == 302


def test_one_file_at_a_time(client, organiser):
    upload(client, calendar(KAFFE))
    upload(client, calendar(SECRET))
    assert "Another file is being read" in page(client)
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        assert upload(client, calendar(SECRET)).status_code == 302
    assert ImportFile.objects.count() == 1


def test_a_new_file_takes_the_place_of_one_that_was_read(client, organiser):
    make_import_file()
    upload(client, calendar(KAFFE), name="../../etc/\x00other.ics")
    assert [file.name for file in ImportFile.objects.all()] == ["other.ics"]


@pytest.mark.parametrize("content", [b"", b"x" * 5_000_001])
def test_a_file_of_no_size_or_too_much_is_refused_beside_its_field(client, organiser, content):
    answer = upload(client, content)
    assert (list(answer.context["form"].errors), ImportFile.objects.count()) == (["file"], 0)


def test_a_form_without_a_file_asks_for_one(client, organiser):
    answer = client.post(reverse("events_bring"), {"language": "nb"})
    assert answer.context["form"].errors["file"] == ["Choose a file."]


def test_the_file_is_gone_after_a_day():
    make_import_file(asked_at=timezone.now() - timedelta(hours=24, seconds=1))
    make_import_file()
    unfinished.expire()
    assert ImportFile.objects.count() == 1


def test_what_the_file_says_is_text(client, organiser):
    upload(client, calendar(KAFFE.replace("Kaffe", "<script>alert(1)</script>")))
    work()
    assert "<script>alert" not in page(client)
