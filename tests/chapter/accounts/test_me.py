"""My page: correct, take along, leave."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from chapter.models import Delivery, Image, Member, Page
from chapter.privacy import own as privacy
from chapter.privacy import registry
from chapter.templatetags.chapter_tags import device_name
from chapter.wordings import adopt_wording
from tests.chapter.accounts.sign_in import arrive, sign_in
from tests.factories import make_member, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client, mailoutbox):
    """A member with a canary in every row that the ground floor keeps, signed in."""
    member = make_member(email="canary-address@example.org", name="Canary Name", organisation="Canary Works")
    member.bio = "Canary bio"
    member.save()
    sign_in(client, member, mailoutbox)
    leave_traces(member)
    return member


def leave_traces(member):
    Authenticator.objects.create(user=member, type="totp", data={"secret": "canary-secret"})
    Image.objects.create(
        file="images/x.webp", width=1, height=1, alt="Canary picture", credit=member.name, uploaded_by=member
    )
    adopt_wording(Page.objects.get(key="about"), language="sv", title="Canary page", author=member)
    Delivery.objects.create(kind="canary_mail", object_id=1, recipient=f"member:{member.pk}")
    LogEntry.objects.create(
        user=make_organiser(),
        content_type=ContentType.objects.get_for_model(Member),
        object_id=str(member.pk),
        object_repr=str(member),
        action_flag=CHANGE,
    )
    LogEntry.objects.create(
        user=make_organiser(),
        content_type=ContentType.objects.get_for_model(EmailAddress),
        object_id="1",
        object_repr=f"{member.email} (was unverified)",
        action_flag=CHANGE,
    )


def all_text():
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from ((table, row[0]) for row in cursor.fetchall())


def tables_with(word):
    return sorted({table for table, row in all_text() if word.lower() in row.lower()})


def export(client):
    response = client.get("/nb/me/export/")
    assert response["Content-Disposition"] == 'attachment; filename="about-me.json"'
    assert response["Cache-Control"] == "no-store, private"
    return response.content.decode()


def test_export_holds_everything_about_the_member_and_no_secret(client, member):
    text = export(client)
    wanted = [
        member.email,
        "Canary Name",
        "Canary Works",
        "Canary bio",
        "Canary picture",
        "Canary page",
        "canary_mail",
    ]
    assert [word for word in wanted if word not in text] == []
    assert json.loads(text)["data"]["usersessions.UserSession"][0]["ip"] == "127.0.0.1"
    assert "canary-secret" not in text


def test_export_holds_nothing_about_others(client, member):
    other = make_member(email="other-canary@example.org", name="Other Canary")
    Delivery.objects.create(kind="other_mail", object_id=1, recipient=f"member:{other.pk}")
    text = export(client)
    assert [word for word in ("other-canary", "Other Canary", "other_mail") if word in text] == []


@pytest.mark.usefixtures("early_in_the_hour")
def test_export_has_its_limit(client, member):
    assert [client.get("/nb/me/export/").status_code for _ in range(21)][-2:] == [200, 429]


@pytest.mark.parametrize("texts", ["remove", "keep"])
def test_deleting_leaves_no_trace_in_any_table(client, member, texts):
    assert tables_with("canary-address") != []
    response = client.post("/nb/me/delete/", {"texts": texts})
    assert (response.url, "_auth_user_id" in client.session) == ("/nb/", False)
    assert (tables_with("canary-address"), tables_with("Canary Name")) == ([], [])


def test_deleting_signs_out_everywhere(client, member, mailoutbox):
    from django.test import Client

    elsewhere = Client()
    Authenticator.objects.all().delete()
    sign_in(elsewhere, member, mailoutbox)
    client.post("/nb/me/delete/", {"texts": "remove"})
    assert elsewhere.get("/nb/me/").status_code == 302


def test_deleting_leaves_others_and_the_chapters_texts_alone(client, member):
    other = make_member()
    client.post("/nb/me/delete/", {"texts": "remove"})
    assert Member.objects.filter(pk=other.pk).exists()
    assert Page.objects.get(key="about").wordings.in_language("sv").get().author is None


@pytest.mark.parametrize("data", [{}, {"texts": "everything"}])
def test_deleting_needs_a_choice(client, member, data):
    assert client.post("/nb/me/delete/", data).status_code == 200
    assert Member.objects.filter(pk=member.pk).exists()


def test_looking_at_the_delete_page_deletes_nothing(client, member):
    client.get("/nb/me/delete/")
    assert Member.objects.filter(pk=member.pk).exists()


def test_member_cannot_give_themselves_rights(client, member):
    data = {"name": "Canary Name", "language": "nb", "is_organiser": "on", "is_staff": "on", "email": "a@example.org"}
    client.post("/nb/me/", data)
    member.refresh_from_db()
    assert (member.is_organiser, member.is_staff, member.email) == (False, False, "canary-address@example.org")


def test_refused_details_stay_in_the_form_and_out_of_the_header(client, member):
    page = client.post("/nb/me/", {"name": "Canary Name", "organisation": "O" * 121, "language": "nb"})
    assert (page.status_code, "O" * 121 in page.content.decode()) == (200, True)
    assert Member.objects.get(pk=member.pk).organisation == "Canary Works"


def test_only_organiser_is_warned_before_leaving(client):
    arrive(client, make_organiser())
    page = client.get("/nb/me/delete/")
    assert page.context["is_only_organiser"] is True


def test_accounts_never_confirmed_go_after_a_week(time_machine):
    kept = [make_member(), make_organiser()]
    lost = make_member()
    EmailAddress.objects.filter(user__in=[lost, kept[1]]).update(verified=False)
    assert privacy.expire_unverified() == 0
    time_machine.move_to(timezone.now() + timedelta(days=8))
    assert (privacy.expire_unverified(), privacy.expire_unverified()) == (1, 0)
    assert set(Member.objects.all()) == set(kept)


def expired():
    return {each.entry.model._meta.label: each.count for each in registry.expire_each()}


def test_mail_log_goes_after_90_days(time_machine):
    Delivery.objects.create(kind="old", object_id=1)
    time_machine.move_to(timezone.now() + timedelta(days=89))
    Delivery.objects.create(kind="new", object_id=1)
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert expired()["chapter.Delivery"] == 1
    assert Delivery.objects.get().kind == "new"


def test_sessions_that_are_over_are_forgotten(client, member):
    client.session.delete()
    assert expired()["usersessions.UserSession"] == 1


def test_make_organiser_creates_one_account_that_can_sign_in(client, mailoutbox, capsys):
    for _ in range(2):
        call_command("make_organiser", "First@Example.org", name="Første Arrangør")
    member = Member.objects.get(email="first@example.org")
    assert (member.is_organiser, member.name) == (True, "Første Arrangør")
    assert sign_in(client, member, mailoutbox).url == "/nb/me/"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("curl/8.0", "curl/8.0"),
    ],
)
def test_sessions_are_called_what_people_call_them(header, name):
    assert device_name(header) == name


# What is next


def test_my_page_begins_with_what_is_next_and_ends_with_signing_out(client, member):
    client.force_login(member)
    page = client.get(reverse("me")).text
    main = page[page.index("<main") :]
    parts = ('id="my-rsvps-h"', 'id="microactions-h"', 'id="me-settings"', reverse("account_logout"))
    order = [main.index(part) for part in parts]
    assert order == sorted(order)


def test_newcomer_without_a_passkey_is_offered_one(client):
    newcomer = make_member()
    client.force_login(newcomer)
    assert 'id="me-welcome"' in client.get(reverse("me")).text
    Authenticator.objects.create(user=newcomer, type="webauthn", data={})
    assert 'id="me-welcome"' not in client.get(reverse("me")).text


def test_member_of_long_standing_is_offered_nothing(client):
    client.force_login(make_member(joined_at=timezone.now() - timedelta(days=15)))
    assert 'id="me-welcome"' not in client.get(reverse("me")).text


def test_refused_details_are_unfolded(client, member):
    client.force_login(member)
    page = client.post(reverse("me"), {"name": "x" * 500, "language": "nb"}).text
    assert '<details class="fold" open>' in page
