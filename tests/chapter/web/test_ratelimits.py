"""Limits count people, not what they write into their headers."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from chapter.accounts.adapter import AccountAdapter
from chapter.models import RateHit
from chapter.web.ratelimits import TooManyRequests, client_address, limit, limit_key
from tests.threads import at_once


def request_from(address, *, forwarded=""):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::"),
    ],
)
def test_address_is_what_our_own_proxy_saw(settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    assert client_address(request_from("10.0.0.1", forwarded=forwarded)) == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("early_in_the_hour")
def test_limit_holds_for_a_whole_ipv6_household():
    for n in range(3):
        limit(request_from(f"2001:db8:1:2::{n}"), "test", times=3, seconds=86_400)
    with pytest.raises(TooManyRequests):
        limit(request_from("2001:db8:1:2:ffff::9"), "test", times=3, seconds=86_400)


def test_sign_in_counts_by_the_same_address(settings):
    settings.PROXY_COUNT = 1
    request = request_from("10.0.0.1", forwarded="1.1.1.1, 2001:db8:1:2:aaaa::1")
    assert AccountAdapter(request).get_client_ip(request) == "2001:db8:1:2::"


@pytest.mark.django_db
def test_limit_begins_anew_with_its_window(time_machine):
    time_machine.move_to(1_800_000_000, tick=False)
    with pytest.raises(TooManyRequests) as refused:
        for _ in range(3):
            limit_key("kari@example.org", "test", times=2, seconds=60)
    time_machine.shift(refused.value.retry_after)
    limit_key("kari@example.org", "test", times=2, seconds=60)


@pytest.mark.django_db
@pytest.mark.parametrize(("passed", "wait"), [(0, 60), (45, 15), (59.9, 1)])
def test_wait_is_the_rest_of_the_window(time_machine, passed, wait):
    time_machine.move_to(1_800_000_000 + passed, tick=False)
    with pytest.raises(TooManyRequests) as refused:
        limit_key("kari@example.org", "test", times=0, seconds=60)
    assert refused.value.retry_after == wait


@pytest.mark.django_db
def test_others_and_other_forms_are_counted_apart():
    for identity, scope in [("kari@example.org", "a"), ("ola@example.org", "a"), ("kari@example.org", "b")]:
        limit_key(identity, scope, times=1, seconds=86_400)
    assert list(RateHit.objects.values_list("count", flat=True)) == [1, 1, 1]


@pytest.mark.django_db
def test_nobody_can_be_read_from_the_counts():
    limit_key("kari@example.org", "test", times=1, seconds=60)
    limit(request_from("203.0.113.9"), "a scope with a name longer than any column", times=1, seconds=86_400)
    keys = " ".join(RateHit.objects.values_list("key", flat=True))
    assert ("kari" in keys, "203.0.113.9" in keys) == (False, False)


@pytest.mark.django_db
def test_counts_are_kept_until_their_window_is_over(time_machine):
    time_machine.move_to(1_800_000_000, tick=False)
    limit_key("kari@example.org", "test", times=1, seconds=60)
    assert RateHit.objects.get().expires_at.timestamp() == 1_800_000_000 + 60 + 3600


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("early_in_the_hour")
def test_of_400_at_once_exactly_as_many_as_allowed_come_through():
    def hit(thread):
        return [passes("kari@example.org", times=150) for _ in range(50)]

    came = [answer for answers in at_once(hit, *range(8)) for answer in answers]
    assert (len(came), sum(came), RateHit.objects.get().count) == (400, 150, 400)


def passes(identity, *, times):
    try:
        limit_key(identity, "test", times=times, seconds=86_400)
    except TooManyRequests:
        return False
    return True


@pytest.mark.django_db
def test_what_hundreds_of_others_run_into_ends_nobodys_limit():
    keys = [f"allauth limit of {number}" for number in range(400)]
    for key in keys:
        cache.set(key, 1)
    assert len(cache.get_many(keys)) == 400
