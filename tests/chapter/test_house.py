"""Organisers at work, members on their page: what is saved, what is refused, and who may."""

import pytest
from django.utils import translation

from chapter.accounts import me, organisers
from chapter.models import Chapter, Member, Page
from chapter.pages.organise_views import MEMBERS_PER_PAGE, OLDER_WORDINGS
from chapter.wordings import adopt_wording
from otg_site.demo.mailbox.views import PER_PAGE
from tests.chapter.accounts.sign_in import arrive
from tests.factories import make_member, make_organiser

pytestmark = pytest.mark.django_db
ABOUT = "/en/organise/pages/about/nb/"


@pytest.fixture
def organiser(client):
    member = make_organiser(name="Ola", language="en")
    client.force_login(member)
    return member


def current():
    return Page.objects.get(key="about").wordings.in_language("nb").get()


@pytest.mark.parametrize(
    ("address", "data"),
    [
        (ABOUT, {"title": "New"}),
        ("/en/organise/chapter/", {"name": "New"}),
        ("/en/organise/members/{pk}/organiser/", {"make": "yes"}),
    ],
)
@pytest.mark.parametrize("who", ["visitor", "member", "organiser without passkey"])
def test_nothing_is_changed_by_those_who_may_not(client, settings, address, data, who):
    settings.ORGANISERS_NEED_SECOND_FACTOR = True
    other = make_member()
    if who != "visitor":
        client.force_login(make_member(is_organiser=who != "member"))
    before = (current().pk, Chapter.load().name, Member.objects.organisers().count())
    answer = client.post(address.format(pk=other.pk), data)
    assert answer.status_code == (403 if who == "member" else 302)
    assert (current().pk, Chapter.load().name, Member.objects.organisers().count()) == before


def test_visitor_comes_back_after_signing_in(client):
    assert client.get(ABOUT).url == f"/en/accounts/login/?next={ABOUT}"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("title", "\u200b"),
        ("source_url", "javascript:alert(1)"),
        ("source_name", "x" * 201),
    ],
)
def test_refused_page_text_keeps_what_was_typed(client, organiser, field, typed):
    before = current()
    data = {"title": "Ny", "body": "Min *tekst*", "source_name": "Møtet", "source_url": "", field: typed}
    form = client.post(ABOUT, data).context["form"]
    assert (list(form.errors), form["body"].value(), form[field].value()) == ([field], "Min *tekst*", typed)
    assert current() == before


def test_form_begins_with_the_present_text_and_not_its_source(client, organiser):
    form = client.get(ABOUT).context["form"]
    assert (form["title"].value(), form["body"].value()) == (current().title, current().body)
    assert not form["source_name"].value()


def test_form_for_a_missing_language_begins_empty(client, organiser):
    current().delete()
    form = client.get(ABOUT).context["form"]
    assert (form["title"].value(), form["body"].value()) == (None, None)


def test_saving_an_unchanged_own_text_makes_no_new_version(client, organiser):
    for _ in range(2):
        client.post(ABOUT, {"title": "Vår egen", "body": "Tekst"})
    assert current().version == 2


def test_history_shows_the_latest_twenty(client, organiser):
    for n in range(OLDER_WORDINGS + 2):
        adopt_wording(Page.objects.get(key="about"), language="nb", title=f"Tekst {n}")
    older = client.get(ABOUT).context["older"]
    assert (len(older), older[0].title) == (OLDER_WORDINGS, f"Tekst {OLDER_WORDINGS}")


def test_list_of_pages_shows_each_language_and_what_is_missing(client, organiser):
    current().delete()
    rows = dict(client.get("/en/organise/pages/").context["rows"])
    assert list(rows) == list(Page.KEYS)
    assert [wording is None for _, _, wording in rows["about"]] == [True, False, False]


def test_members_come_organisers_first_without_those_who_left(client, organiser):
    bo, anna = make_member(name="bo"), make_member(name="Anna")
    make_member(name="Gone", is_active=False)
    assert list(client.get("/en/organise/members/").context["page"]) == [organiser, anna, bo]


def test_members_come_fifty_to_a_page(client, organiser):
    for n in range(MEMBERS_PER_PAGE):
        Member.objects.create(email=f"m{n}@example.org")
    first = client.get("/en/organise/members/").context["page"]
    last = client.get(f"/en/organise/members/?page={first.after}").context["page"]
    assert [len(first), len(last)] == [MEMBERS_PER_PAGE, 1]


@pytest.mark.parametrize("who", ["inactive", "nobody"])
def test_only_an_active_member_is_appointed(client, organiser, who):
    gone = make_member(is_active=False)
    pk = gone.pk if who == "inactive" else gone.pk + 1
    assert client.post(f"/en/organise/members/{pk}/organiser/", {"make": "yes"}).status_code == 404


def test_a_link_makes_nobody_organiser(client, organiser):
    member = make_member()
    assert client.get(f"/en/organise/members/{member.pk}/organiser/?make=yes").status_code == 405
    member.refresh_from_db()
    assert not member.is_organiser


@pytest.mark.parametrize(
    ("others", "said"), [(0, "A chapter needs an organiser"), (1, "Ola is no longer an organiser")]
)
def test_organiser_who_steps_back_is_told_whether_it_went(client, organiser, others, said):
    for _ in range(others):
        make_organiser()
    response = client.post(f"/en/organise/members/{organiser.pk}/organiser/", {"make": "no"})
    page = client.get("/en/me/").content.decode()
    assert (response.status_code, said in page) == (302, True)


@pytest.mark.parametrize(("is_active", "is_only"), [(True, False), (False, True)])
def test_organiser_who_cannot_sign_in_runs_no_chapter(is_active, is_only):
    make_organiser(is_active=is_active)
    assert organisers.is_only_organiser(make_organiser()) is is_only
    assert not organisers.is_only_organiser(make_member())


def test_refused_details_are_in_no_other_place_of_the_page(client):
    client.force_login(make_member(name="Kari"))
    response = client.post("/en/me/", {"name": "x" * 81, "language": "en"})
    assert (response.context["user"].name, response.context["form"]["name"].value()) == ("Kari", "x" * 81)


@pytest.mark.parametrize("language", ["xx", ""])
def test_there_are_only_our_languages_to_choose(client, language):
    client.force_login(make_member())
    assert list(client.post("/en/me/", {"name": "K", "language": language}).context["form"].errors) == ["language"]


@pytest.mark.usefixtures("early_in_the_hour")
def test_exports_are_counted_for_each_member_apart(client, monkeypatch):
    monkeypatch.setattr(me, "EXPORTS_PER_HOUR", 1)
    for _ in range(2):
        arrive(client, make_member())
        assert [client.get("/en/me/export/").status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize("path", ["", "export/", "delete/"])
def test_my_pages_are_nobody_elses(client, path):
    assert client.get(f"/en/me/{path}").url == f"/en/accounts/login/?next=/en/me/{path}"


def test_who_has_nothing_else_confirms_by_mail_who_they_are(client):
    client.force_login(make_member())
    with translation.override("en"):
        assert client.get("/en/accounts/reauthenticate/").url == "/en/accounts/reauthenticate/code/"


@pytest.mark.parametrize(("query", "kept"), [("", ""), ("?next=/en/me/", "?next=%2Fen%2Fme%2F")])
def test_there_is_one_page_that_asks_for_a_code(client, query, kept):
    assert client.get(f"/en/accounts/login/code/{query}").url == f"/en/accounts/login/{kept}"


def test_mailbox_of_the_demo_comes_fifty_to_a_page(client, settings):
    settings.EMAIL_FILE_PATH.mkdir(parents=True)
    for n in range(PER_PAGE + 1):
        name = f"20300101120000{n:06}-00000000.eml"
        (settings.EMAIL_FILE_PATH / name).write_text(f"To: kari@example.org\nSubject: Mail {n}\n\nHello")
    mails = client.get("/demo/mail/?page=2").context["mails"]
    assert [(mail.subject, mail.to) for mail in mails] == [("Mail 0", "kari@example.org")]
