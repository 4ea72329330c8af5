"""A code belongs to the mailbox: strangers who ask for it neither fill it nor keep its owner out."""

import re
from contextlib import suppress
from datetime import timedelta
from threading import Event

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from chapter.accounts import codes
from chapter.mail import gate, sealed
from chapter.models import MailedCode, Member, RateHit, SealedMail, hidden_address
from chapter.privacy import unfinished
from tests.chapter.accounts.sign_in import ask_for_code, code_in, type_code
from tests.environment import EVERYTHING
from tests.factories import make_member
from tests.mail import deliver_account_mails
from tests.threads import at_once

pytestmark = pytest.mark.django_db
VICTIM = "kari@example.org"
MINUTE = timedelta(minutes=1)


def ask(address, email=VICTIM):
    client = Client(REMOTE_ADDR=address)
    assert ask_for_code(client, email).status_code == 302
    return client


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-02T12:00:01Z", tick=False)
    return time_machine


@pytest.mark.parametrize("attackers", [1, 20 if EVERYTHING else 6])
def test_owner_gets_in_at_the_first_try_while_strangers_ask_and_the_mailbox_stays_quiet(clock, mailoutbox, attackers):
    make_member(email=VICTIM)
    got_in = []
    for minute in range(12):
        for n in range(attackers):
            for _ in range(3 if attackers == 1 or minute == 0 else 1):
                ask(f"198.51.100.{n}")
        if minute in (2, 9):
            owner = ask("203.0.113.7")
            type_code(owner, code_in(mailoutbox[-1]))
            got_in.append(is_signed_in(owner))
        clock.shift(MINUTE)
    # Two in twelve minutes, and one after each time that the owner has used one up.
    assert (got_in, len(mailoutbox) <= 4) == ([True] * 2, True)


def test_mailbox_of_a_member_who_does_not_sign_in_gets_ten_codes_an_hour(clock, mailoutbox):
    make_member(email=VICTIM)
    for minute in range(60):
        ask(f"198.51.100.{minute}")
        clock.shift(MINUTE)
    assert len(mailoutbox) == 10


@pytest.mark.usefixtures("early_in_the_hour")
def test_page_says_that_the_code_is_on_its_way_alike_for_members_and_others(client, mailoutbox):
    make_member(email=VICTIM)
    shown = []
    for email in (VICTIM, "nobody@example.org"):
        ask("198.51.100.1", email)
        page = ask("198.51.100.2", email).get("/nb/accounts/login/code/confirm/").content.decode()
        shown.append(re.sub(r'value="\w{64}"', "", page.replace(email, "…")))
        assert "allerede på vei" in page
    assert (shown[0] == shown[1], len(mailoutbox)) == (True, 2)


def test_each_of_two_codes_works_where_the_other_was_asked_for(clock, mailoutbox):
    make_member(email=VICTIM)
    early = ask("203.0.113.7")
    clock.shift(7 * MINUTE)
    late = ask("198.51.100.1")
    first, second = (code_in(mail) for mail in mailoutbox)
    type_code(early, second)
    type_code(late, first)
    assert (is_signed_in(early), is_signed_in(late)) == (True, True)


def test_code_of_the_sign_up_serves_at_sign_in_as_well(mailoutbox):
    cache.clear()
    Client().post("/nb/accounts/signup/", {"email": VICTIM, "name": "A stranger typed it"})
    owner = ask("203.0.113.7")
    (letter,) = mailoutbox
    type_code(owner, code_in(letter))
    assert is_signed_in(owner)


def test_stranger_with_tagged_addresses_does_not_keep_the_owner_from_signing_in(mailoutbox):
    make_member(email=VICTIM)
    for n in range(30):
        ask(f"198.51.100.{n}", f"kari+{n}@example.org")
    owner = ask("203.0.113.7")
    type_code(owner, code_in(mailoutbox[-1]))
    assert is_signed_in(owner)


def test_code_is_nowhere_in_the_database_in_clear(mailoutbox):
    make_member(email=VICTIM)
    Client().post("/nb/accounts/login/", {"login": VICTIM})
    before = everything()
    deliver_account_mails()
    code = code_in(mailoutbox[0])
    assert (code in before, code.replace(" ", "") in before, code in everything()) == (False, False, False)
    assert (SealedMail.objects.count(), MailedCode.objects.count()) == (0, 1)
    assert not any(code in str(session.get_decoded()) for session in Session.objects.all())


def everything():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


def test_job_of_a_code_is_urgent_and_says_a_number_alone():
    make_member(email=VICTIM)
    Client().post("/nb/accounts/login/", {"login": VICTIM})
    job = ProcrastinateJob.objects.get(task_name="chapter.deliver_sealed")
    assert (job.priority > 0, job.args) == (True, {"mail_id": SealedMail.objects.get().pk})


def test_code_that_waited_too_long_is_not_sent(mailoutbox, clock):
    make_member(email=VICTIM)
    Client().post("/nb/accounts/login/", {"login": VICTIM})
    clock.shift(10 * MINUTE)
    deliver_account_mails()
    assert (mailoutbox, SealedMail.objects.count()) == ([], 0)


def test_mail_sealed_with_another_key_is_dropped(settings, mailoutbox):
    make_member(email=VICTIM)
    Client().post("/nb/accounts/login/", {"login": VICTIM})
    settings.SECRET_KEY = "another"
    deliver_account_mails()
    assert (mailoutbox, SealedMail.objects.count()) == ([], 0)


# Guesses


def guess_at_once(client, number, *, page="login/code/confirm", **fields):
    """How many of `number` wrong guesses, all at once, were looked at."""
    wrong = {"code": "0000 0000", **fields}
    cookies = client.cookies

    def guess(_):
        other = Client(REMOTE_ADDR="198.51.100.1")
        other.cookies = cookies
        return other.post(f"/en/accounts/{page}/", wrong)

    pages = at_once(guess, *range(number))
    return sum("Incorrect code" in page.content.decode() for page in pages if page.status_code == 200)


@pytest.fixture
def looked_at(monkeypatch):
    """The guesses that were compared with a code."""
    seen, use_code = [], codes.use_code
    monkeypatch.setattr(codes, "use_code", lambda email, typed: (seen.append(typed), use_code(email, typed))[1])
    return seen


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["sign in", "sign up", "change of address"])
@pytest.mark.usefixtures("early_in_the_hour")
def test_of_thirteen_guesses_at_once_three_are_looked_at(way, looked_at, mailoutbox):
    client, page = Client(REMOTE_ADDR="198.51.100.1"), "confirm-email"
    if way == "sign in":
        make_member(email=VICTIM)
        ask_for_code(client, VICTIM)
        page = "login/code/confirm"
    elif way == "sign up":
        cache.clear()
        client.post("/en/accounts/signup/", {"email": VICTIM, "name": "Kari"})
    else:
        member = make_member()
        ask_for_code(client, member.email)
        type_code(client, code_in(mailoutbox[-1]))
        client.post("/en/accounts/email/", {"action_add": "1", "email": VICTIM})
        looked_at.clear()
    guess_at_once(client, 13, page=page)
    assert len(looked_at) == 3


@pytest.mark.django_db(transaction=True)
def test_of_seven_second_factors_at_once_five_are_looked_at(monkeypatch, mailoutbox):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth

    seen = []
    monkeypatch.setattr(auth.TOTP, "validate_code", lambda self, code: seen.append(code))
    member = make_member(email=VICTIM)
    auth.TOTP.activate(member, auth.generate_totp_secret())
    client = Client(REMOTE_ADDR="198.51.100.1")
    ask_for_code(client, VICTIM)
    type_code(client, code_in(mailoutbox[-1]))
    guess_at_once(client, 13, page="2fa/authenticate", code="123456")
    assert (len(seen) <= 5, Authenticator.objects.count(), Member.objects.count()) == (True, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_right_code_typed_seven_times_at_once_is_used_once(mailoutbox):
    make_member(email=VICTIM)
    clients = [ask(f"198.51.100.{n}") for n in range(7)]
    (letter,) = mailoutbox
    at_once(lambda client: type_code(client, code_in(letter)), *clients)
    assert sum(is_signed_in(client) for client in clients) == 1


@pytest.mark.django_db(transaction=True)
def test_of_seven_who_ask_at_once_one_causes_a_mail():
    make_member(email=VICTIM)
    made = at_once(codes.new_code, *[VICTIM] * 7)
    assert (sum(code is not None for code in made), MailedCode.objects.count()) == (1, 1)


@pytest.mark.usefixtures("early_in_the_hour")
def test_one_client_address_guesses_once_for_each_asking_and_then_a_stated_number_of_times(mailoutbox, looked_at):
    make_member(email=VICTIM)
    askings = codes.GUESSES_AN_HOUR // 2 + 3
    for _ in range(askings):
        client = ask("198.51.100.1")
        for _ in range(3):
            type_code(client, "0000 0000 0000 0000")
    assert len(looked_at) == askings + codes.GUESSES_AN_HOUR
    owner = ask("203.0.113.7")
    type_code(owner, code_in(mailoutbox[-1]))
    assert is_signed_in(owner)


def guess_wrong(times, email=VICTIM):
    for n in range(times):
        type_code(ask(f"198.51.100.{n}", email), "0000 0000")


def test_code_is_of_digits_and_taken_however_it_is_typed(mailoutbox):
    make_member(email=VICTIM)
    for n, between in enumerate(["", " ", "-", "\u00a0", "  "]):
        owner = ask(f"203.0.113.{n}")
        code = code_in(mailoutbox[-1])
        assert re.fullmatch(r"\d{4} \d{4}", code) and mailoutbox[-1].subject.startswith(code)
        type_code(owner, code.replace(" ", between))
        assert is_signed_in(owner)


def test_page_of_the_code_opens_the_pad_of_numbers(client):
    make_member(email=VICTIM)
    page = ask("203.0.113.7").get("/en/accounts/login/code/confirm/").text
    field = page.partition('name="code"')[2].partition(">")[0]
    assert 'autocomplete="one-time-code"' in field and 'inputmode="numeric"' in field


@pytest.mark.usefixtures("early_in_the_hour")
def test_short_code_is_good_for_few_wrong_guesses_a_day_and_no_longer(mailoutbox):
    make_member(email=VICTIM)
    owner = ask("203.0.113.7")
    short = code_in(mailoutbox[-1])
    guess_wrong(codes.SHORT_GUESSES)
    page = type_code(owner, short, language="en")
    assert (is_signed_in(owner), "Ask for a new one: it is longer" in page.text) == (False, True)


@pytest.mark.usefixtures("early_in_the_hour")
def test_owner_who_is_guessed_at_gets_a_long_code_at_once_and_in_while_the_guessing_goes_on(mailoutbox):
    make_member(email=VICTIM)
    ask("203.0.113.7")
    guess_wrong(codes.SHORT_GUESSES)
    owner = ask("203.0.113.8")
    long = code_in(mailoutbox[-1])
    guess_wrong(10)
    type_code(owner, long)
    # No more than that one mail.
    assert (re.sub(r"\d", "0", long), is_signed_in(owner), len(mailoutbox)) == ("0000 0000 0000 0000", True, 2)


def test_right_codes_are_no_guesses(mailoutbox):
    make_member(email=VICTIM)
    for n in range(codes.SHORT_GUESSES + 2):
        owner = ask(f"203.0.113.{n}")
        type_code(owner, code_in(mailoutbox[-1]))
        assert is_signed_in(owner) and len(code_in(mailoutbox[-1])) == 9


def test_whoever_has_no_account_hears_of_guesses_as_members_do(mailoutbox):
    make_member(email=VICTIM)
    pages = []
    for email in (VICTIM, "nobody@example.org"):
        guess_wrong(codes.SHORT_GUESSES, email)
        pages.append(type_code(ask("203.0.113.7", email), "0000 0000").text.replace(email, "…"))
    assert re.sub(r'value="\w{64}"', "", pages[0]) == re.sub(r'value="\w{64}"', "", pages[1])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("early_in_the_hour")
def test_of_many_short_guesses_at_once_few_are_compared(mailoutbox):
    make_member(email=VICTIM)
    clients = [ask(f"198.51.100.{n}") for n in range(10)]
    right = code_in(mailoutbox[-1])
    RateHit.objects.all().delete()
    guess_wrong(codes.SHORT_GUESSES - 2)
    at_once(lambda client: type_code(client, "0000 0000"), *clients[:8])
    type_code(clients[9], right)
    assert not is_signed_in(clients[9])


def test_odds_are_as_stated():
    a_day, two = codes.SHORT_GUESSES, 2
    assert 10**codes.DIGITS / (a_day * two) > 8_000_000
    assert 10**codes.DIGITS / (a_day * two * 1000) > 8_000
    assert 10**codes.LONG_DIGITS / (100 * 24 * 60 * 60 * two) > 500_000_000


def test_code_proves_nothing_where_there_is_no_account(mailoutbox):
    client = ask("203.0.113.7", "nobody@example.org")
    code = codes.new_code("nobody@example.org")
    type_code(client, code)
    assert (is_signed_in(client), MailedCode.objects.to("nobody@example.org").count()) == (False, 1)


def cost(client, address, fields):
    """How many statements an answer takes, and how many mails wait then."""
    with CaptureQueriesContext(connection) as queries:
        client.post(address, fields)
    # Savepoints apart: a count that is taken back needs one statement more.
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    return len(statements), SealedMail.objects.count()


def fill(email):
    with suppress(gate.MailboxFull):
        for _ in range(20):
            gate.pass_one(email)


def costs(email, clock, *, is_full):
    SealedMail.objects.all().delete()
    if is_full:
        fill(email)
    first, second = Client(), Client()
    asked = [cost(client, "/nb/accounts/login/", {"login": email}) for client in (first, second)]
    clock.shift(7 * MINUTE)
    cost(first, "/nb/accounts/login/code/confirm/", {"action": "resend"})
    return asked, SealedMail.objects.count()


@pytest.mark.parametrize("is_full", [True, False])
def test_asking_is_the_same_work_whoever_has_an_account(clock, mailoutbox, is_full):
    make_member(email=VICTIM)
    known = costs(VICTIM, clock, is_full=is_full)
    assert (known, known[1]) == (costs("nobody@example.org", clock, is_full=is_full), 2)
    deliver_account_mails()
    # Who has no account is told so only where the mailbox has room.
    assert len(mailoutbox) == (0 if is_full else 2)


@pytest.mark.parametrize("way", ["login", "signup"])
def test_page_and_wrong_code_are_the_same_work_whoever_has_an_account(way, settings):
    settings.SIGN_UP_SECONDS = 0
    page = {"login": "login/code/confirm", "signup": "confirm-email"}[way]
    costs, read = [], []
    make_member(email=VICTIM)
    for email in (VICTIM, "nobody@example.org"):
        cache.clear()
        client = Client()
        client.post(f"/nb/accounts/{way}/", {"login": email, "email": email, "name": "Kari"})
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/nb/accounts/{page}/")
        read.append(len(queries))
        costs.append(cost(client, f"/nb/accounts/{page}/", {"code": "0000 0000"})[0])
    assert (costs[0], read[0]) == (costs[1], read[1])


@pytest.mark.parametrize("email", [VICTIM, "nobody@example.org"])
def test_time_that_sign_in_takes_says_little(email, monkeypatch, settings):
    """What is left of the difference drowns in a pause of a random length."""
    settings.BLUR_SECONDS = 9
    pauses = []
    monkeypatch.setattr("time.sleep", pauses.append)
    make_member(email=VICTIM)
    client = ask("198.51.100.1", email)
    client.get("/nb/accounts/login/code/confirm/")
    type_code(client, "BBBB-BBBB")
    client.post("/nb/accounts/login/code/confirm/", {"action": "resend"})
    assert len(set(pauses)) == 3 and all(0 <= pause < 9 for pause in pauses)


def test_time_that_sign_up_takes_says_little_on_a_busy_machine(monkeypatch, settings):
    """Where the work alone takes longer than every answer shall, there is a pause all the same."""
    settings.SIGN_UP_SECONDS = 0
    pauses = []
    monkeypatch.setattr("time.sleep", pauses.append)
    for n in range(3):
        cache.clear()
        Client().post("/nb/accounts/signup/", {"email": f"kari{n}@example.org", "name": "Kari"})
    assert len(pauses) == 3 and max(pauses) > 0


# The mail server


class Refusing:
    """A mail backend that refuses the receiver."""

    code = 550

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        from smtplib import SMTPRecipientsRefused

        raise SMTPRecipientsRefused({VICTIM: (self.code, b"5.1.1 no such user")})


class RefusingForNow(Refusing):
    code = 451


def test_receiver_refused_for_good_is_not_tried_again_and_not_named(settings, caplog):
    make_member(email=VICTIM)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    page = Client().post("/en/accounts/login/", {"login": VICTIM}, follow=True)
    deliver_account_mails()
    assert (page.status_code, "Is the address right?" in page.content.decode()) == (200, True)
    assert (SealedMail.objects.count(), VICTIM in caplog.text, "refused" in caplog.text) == (0, False, True)


def test_receiver_refused_for_now_is_tried_again_and_not_named(settings):
    make_member(email=VICTIM)
    settings.EMAIL_BACKEND = f"{__name__}.RefusingForNow"
    Client().post("/en/accounts/login/", {"login": VICTIM})
    with pytest.raises(sealed.NotTaken) as error:
        deliver_account_mails()
    assert (SealedMail.objects.count(), VICTIM in str(error.getrepr(chain=True, style="short"))) == (1, False)


def test_no_counter_or_cache_key_holds_a_client_address_or_a_plain_digest(mailoutbox):
    import hashlib

    make_member(email=VICTIM)
    ask("198.51.100.77")
    found = everything()
    digests = [getattr(hashlib, name)(VICTIM.encode()).hexdigest() for name in ("md5", "sha1", "sha256", "sha512")]
    assert [word for word in ("198.51.100.77", *digests) if word in found] == []
    assert RateHit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_mail_server_that_hangs_holds_no_page(settings, monkeypatch):
    """The page is answered while the worker still waits for the mail server."""
    released = Event()

    class Hanging(Refusing):
        def send_messages(self, messages):
            assert released.wait(30)
            return 1

    monkeypatch.setattr(f"{__name__}.Refusing", Hanging)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    make_member(email=VICTIM)
    Client().post("/en/accounts/login/", {"login": VICTIM})

    def page(_):
        response = Client().post("/en/accounts/login/", {"login": "nobody@example.org"})
        released.set()
        return response.status_code

    status, sent = at_once(lambda work: work(None), page, lambda _: deliver_account_mails())
    assert (status, sent, SealedMail.objects.filter(address=hidden_address(VICTIM)).count()) == (302, None, 0)


@pytest.mark.django_db(transaction=True)
def test_tidying_does_not_wait_for_a_mail_that_is_being_sent():
    make_member(email=VICTIM)
    Client().post("/en/accounts/login/", {"login": VICTIM})
    SealedMail.objects.update(expires_at=timezone.now())
    with transaction.atomic():
        SealedMail.objects.select_for_update().get()
        assert at_once(lambda _: unfinished.expire(), None) == [0]
    assert unfinished.expire() == 1
