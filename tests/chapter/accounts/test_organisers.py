"""What organisers may do in the chapter's own house."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from chapter.accounts import organisers
from chapter.models import Chapter, Member, Page
from tests.factories import make_member, make_organiser

pytestmark = pytest.mark.django_db
IDENTITY = {
    "name": "One Team Gov Eksempel",
    "contact_email": "hei@example.org",
    "time_zone": "Europe/Stockholm",
    "default_language": "sv",
    "slack_url": "slack.example.org",
    "reminder_hours": "24",
    "announce_days": "14",
    "guests_kept_days": "30",
}


@pytest.fixture
def organiser(client):
    organiser = make_organiser()
    client.force_login(organiser)
    return organiser


def make(client, member, value):
    return client.post(f"/nb/organise/members/{member.pk}/organiser/", {"make": value})


def is_organiser(member):
    return Member.objects.get(pk=member.pk).is_organiser


def test_identity_is_saved(client, organiser):
    client.post("/nb/organise/chapter/", IDENTITY)
    chapter = Chapter.load()
    assert (chapter.name, chapter.time_zone, chapter.slack_url) == (
        "One Team Gov Eksempel",
        "Europe/Stockholm",
        "https://slack.example.org",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("contact_email", "nobody"), ("time_zone", "Mars/North"), ("linkedin_url", "javascript:alert(1)")],
)
def test_bad_identity_is_refused_and_kept_in_the_form(client, organiser, field, value):
    response = client.post("/nb/organise/chapter/", {**IDENTITY, field: value})
    assert list(response.context["form"].errors) == [field]
    assert Chapter.load().name == "One Team Gov"


def test_member_becomes_organiser_and_plain_again(client, organiser):
    member = make_member()
    make(client, member, "yes")
    assert is_organiser(member)
    make(client, member, "no")
    assert not is_organiser(member)


def test_last_organiser_stays(client, organiser):
    make_organiser(is_active=False)
    make(client, organiser, "no")
    assert is_organiser(organiser)


@pytest.mark.parametrize("value", ["", "maybe"])
def test_nonsense_changes_nobody(client, organiser, value):
    member = make_member()
    assert make(client, member, value).status_code == 302
    assert not is_organiser(member)


def test_member_makes_nobody_organiser(client):
    member = make_member()
    client.force_login(member)
    assert (make(client, member, "yes").status_code, is_organiser(member)) == (403, False)


@pytest.mark.django_db(transaction=True)
def test_two_organisers_who_dismiss_each_other_do_not_both_succeed():
    pair = [make_organiser(), make_organiser()]

    def dismiss(member):
        try:
            organisers.dismiss(member)
        except organisers.LastOrganiser:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(dismiss, pair))
    assert Member.objects.organisers().count() == 1


def test_members_are_found_by_name_and_address(client, organiser):
    wanted = {make_member(name="Kari Eksempel"), make_member(email="kari@example.org", name="K")}
    make_member(name="Ola Eksempel")
    page = client.get("/nb/organise/members/?q=KARI").context["page"]
    assert set(page) == wanted


@pytest.mark.parametrize("query", ["?page=abc", "?page=-1", "?page=" + "9" * 40, "?q=%00%ff", "?q=" + "x" * 500])
def test_odd_queries_still_give_the_list(client, organiser, query):
    assert client.get(f"/nb/organise/members/{query}").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_member_list_takes_the_same_queries_for_any_length(client, organiser, number, django_assert_num_queries):
    for _ in range(number):
        make_member()
    Chapter.load()
    with django_assert_num_queries(4):
        client.get("/nb/organise/members/")


def test_new_page_text_is_adopted_and_the_old_one_kept(client, organiser):
    text = {"title": "Om oss i dag", "body": "Ny *tekst*\r\nher", "source_name": "Møtet i mars", "source_url": ""}
    client.post("/nb/organise/pages/about/nb/", text)
    now, before = Page.objects.get(key="about").wordings.history("nb")
    assert (now.title, now.body, now.author, now.is_current) == ("Om oss i dag", "Ny *tekst*\nher", organiser, True)
    assert before.is_current is False
    older = client.get("/nb/organise/pages/about/nb/").context["older"]
    assert list(older) == [before]


@pytest.mark.parametrize("address", ["nothing/nb", "about/xx", "about/de"])
def test_only_our_pages_and_languages_can_be_written(client, organiser, address):
    assert client.get(f"/nb/organise/pages/{address}/").status_code == 404


def test_too_long_a_text_is_refused_with_all_that_was_typed(client, organiser):
    response = client.post("/nb/organise/pages/about/nb/", {"title": "Lang", "body": "x" * 50_001})
    assert list(response.context["form"].errors) == ["body"]
    assert response.context["form"]["body"].value() == "x" * 50_001


def test_organiser_without_second_factor_is_told_what_to_do(client, organiser, settings):
    settings.ORGANISERS_NEED_SECOND_FACTOR = True
    response = client.get("/nb/organise/members/", follow=True)
    assert response.redirect_chain == [("/nb/accounts/2fa/", 302)]
    assert len(response.context["messages"]) == 1


def test_organiser_with_second_factor_comes_in(client, organiser, settings):
    settings.ORGANISERS_NEED_SECOND_FACTOR = True
    Authenticator.objects.create(user=organiser, type="totp", data={})
    assert client.get("/nb/organise/members/").status_code == 200


def test_admin_shows_the_ground_floor_to_staff(client):
    client.force_login(make_organiser(is_staff=True, is_superuser=True))
    Chapter.load()
    names = ["member", "chapter", "image", "delivery"]
    assert [client.get(f"/admin/chapter/{name}/").status_code for name in names] == [200] * 4
    assert client.get("/admin/chapter/delivery/add/").status_code == 403
    assert client.get("/admin/chapter/chapter/1/change/").status_code == 200


@pytest.mark.parametrize("has_passkey", [True, False])
def test_admin_needs_the_second_factor_too(client, settings, has_passkey):
    settings.ORGANISERS_NEED_SECOND_FACTOR = True
    staff = make_organiser(is_staff=True)
    if has_passkey:
        Authenticator.objects.create(user=staff, type="webauthn", data={})
    client.force_login(staff)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1:] == ([] if has_passkey else [("/nb/accounts/2fa/", 302)])
