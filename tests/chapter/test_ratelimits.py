"""Limits count people, not what they write into their headers."""

import pytest
from django.test import RequestFactory

from chapter.accounts import AccountAdapter
from chapter.ratelimits import TooManyRequests, client_address, limit


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
def test_limit_holds_for_a_whole_ipv6_household():
    for n in range(3):
        limit(request_from(f"2001:db8:1:2::{n}"), "test", times=3, seconds=86_400)
    with pytest.raises(TooManyRequests):
        limit(request_from("2001:db8:1:2:ffff::9"), "test", times=3, seconds=86_400)


def test_sign_in_counts_by_the_same_address(settings):
    settings.PROXY_COUNT = 1
    request = request_from("10.0.0.1", forwarded="1.1.1.1, 2001:db8:1:2:aaaa::1")
    assert AccountAdapter(request).get_client_ip(request) == "2001:db8:1:2::"
