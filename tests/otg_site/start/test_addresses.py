"""An address that cannot be right stops the start with a sentence that says how to write it, and without its secrets."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from otg_site.start import addresses


def refusal(read, name, url):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(name, url)
    assert refused.value.__cause__ is None or "Kaffe" not in str(refused.value.__cause__)
    return str(refused.value)


@pytest.mark.parametrize("character", ["/", "?", "#", "[", "]", " ", "\\"])
def test_a_password_that_is_not_escaped_is_not_guessed_at(character):
    password = f"Kaffe{character}Te"
    for read, url in (
        (addresses.database, f"postgres://otg:{password}@db:5432/otg"),
        (addresses.mail, f"smtp+tls://otg:{password}@mail.example.org:587"),
    ):
        said = refusal(read, "THE_URL", url)
        assert (addresses.ESCAPES[character] in said, "Kaffe" in said, "Te@" in said) == (True, False, False)


@pytest.mark.parametrize("character", [*"/?#[] \\", "@", ":", "%", "+", "&", "å"])
def test_a_password_that_is_escaped_is_read_as_it_is(character):
    escaped = "".join(f"%{byte:02X}" for byte in character.encode())
    database = addresses.database("DATABASE_URL", f"postgres://otg:Kaffe{escaped}Te@db:5432/otg")
    mail = addresses.mail("EMAIL_URL", f"smtp+tls://otg:Kaffe{escaped}Te@mail.example.org:587")
    assert {database["PASSWORD"], mail["EMAIL_HOST_PASSWORD"]} == {f"Kaffe{character}Te"}
    assert (database["HOST"], mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("db", "mail.example.org", 587)


@pytest.mark.parametrize("character", "@:")
def test_what_can_be_read_in_one_way_only_is_read(character):
    mail = addresses.mail("EMAIL_URL", f"smtp+tls://kari@example.org:Kaffe{character}Te@mail.example.org:587")
    database = addresses.database("DATABASE_URL", f"postgres://otg:Kaffe{character}Te@db/otg")
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("kari@example.org", f"Kaffe{character}Te")
    assert (database["PASSWORD"], database["HOST"]) == (f"Kaffe{character}Te", "db")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mail.example.org", "must begin with smtp+tls://"),
        ("smpt://kari:Kaffe@mail.example.org", "must begin with smtp+tls://"),
        ("https://kari:Kaffe@mail.example.org", "must begin with smtp+tls://"),
        ("smtp+tls://", "names no mail server"),
        ("smtp+tls://kari:Kaffe@", "names no mail server"),
        ("smtp+tls://kari:Kaffe@:587", "names no mail server"),
        ("smtp+tls://kari:Kaffe", "cannot be read"),
        ("smtp+tls://kari:Kaffe@mail.example.org:Kaffe", "cannot be read"),
        ("smtp+tls://kari:Kaffe@mail.example.org:99999", "cannot be read"),
        ("smtps://kari:Kaffe@mail.example.org:465", "smtp+ssl://"),
        ("smtp+tls://kari:Kaffe@mail.example.org:465", "smtp+ssl://"),
        ("smtp://kari:Kaffe@mail.example.org:465", "smtp+ssl://"),
        ("smtp+ssl://kari:Kaffe@mail.example.org:587", "smtp+tls://"),
    ],
)
def test_a_mail_server_that_cannot_be_one_is_refused(url, said):
    sentence = refusal(addresses.mail, "EMAIL_URL", url)
    assert (sentence.startswith("EMAIL_URL "), said in sentence, "Kaffe" in sentence) == (True, True, False)


@pytest.mark.parametrize(
    "url", ["postgres://kari:Kaffe", "postgres://kari:Kaffe@db:Kaffe/otg", "postgres://kari:Kaffe@[db/otg"]
)
def test_a_database_that_cannot_be_one_is_refused(url):
    sentence = refusal(addresses.database, "DATABASE_URL", url)
    assert (sentence.startswith("DATABASE_URL "), "Kaffe" in sentence) == (True, False)


def test_a_socket_is_a_database_too():
    assert addresses.database("DATABASE_URL", "postgresql://postgres:@/otg?host=/run/pg")["OPTIONS"] == {
        "host": "/run/pg"
    }


@pytest.mark.parametrize("url", ["", "https://hub.example.org/", "https://hub.example.org/?a=1&b=2"])
def test_hub_that_can_be_one_is_taken(url):
    assert addresses.hub("WEBSUB_HUB", url) == url


@pytest.mark.parametrize(
    "url", ["hub.example.org", "http://hub.example.org/", 'https://hub.example.org/>; rel="x"', "https://"]
)
def test_hub_that_cannot_be_one_is_refused(url):
    assert refusal(addresses.hub, "WEBSUB_HUB", url).startswith("WEBSUB_HUB must begin with https://")
