"""Fetching what somebody typed the address of: only from the public internet, and never for ever."""

import contextlib
import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from chapter.transfer import fetching
from chapter.transfer.fetching import is_public

NOT_PUBLIC = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1"),
    *("2002:7f00:1::", "2002:808:808::1", "2001:0:53aa:64c::1", "2001:db8::1", "fc00::1", "fd12::1", "fe80::1"),
    *(
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "100::1",
        "3fff::1",
        "",
        "localhost",
        "127.1",
        "0x7f000001",
        "2130706433",
    ),
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "193.0.0.1", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888", "2a00:1450::1"]
REFUSED_ADDRESSES = [
    *(
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "",
        "http://",
    ),
    *(
        "http://kari:secret@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org:22/",
        "https://example.org:80/",
    ),
    *(
        "http://example.org:port/",
        "http://[::1",
        "http://" + "a" * 64 + ".example.org/",
        "https://example.org/" + "a" * 2001,
    ),
    *("javascript:alert(1)", "data:text/calendar,BEGIN", "http://\x00/", "http:///path"),
]


@pytest.mark.parametrize("ip", NOT_PUBLIC)
def test_what_is_not_on_the_public_internet_is_not_public(ip):
    assert is_public(ip) is False


@pytest.mark.parametrize("ip", PUBLIC)
def test_what_is_on_the_public_internet_is_public(ip):
    assert is_public(ip) is True


def code_of(url, **options):
    """The code of the refusal."""
    with pytest.raises(fetching.FetchError) as caught:
        fetching.fetch(url, **{"max_bytes": 1000, "timeout": 30, **options})
    return caught.value.code


@pytest.mark.parametrize("url", REFUSED_ADDRESSES, ids=range(len(REFUSED_ADDRESSES)))
def test_only_plain_web_addresses_are_asked_for(url):
    assert code_of(url) == "address"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "017700000001", "127.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1"])  # fmt: skip
def test_however_this_machine_is_written_it_is_not_asked(host):
    assert code_of(f"http://{host}/latest/meta-data/") == "not_public"


@pytest.fixture
def names(monkeypatch):
    """What the names of hosts lead to, one answer after the other: the resolver is the one thing that is replaced here."""
    answers, asked = {}, []

    def getaddrinfo(host, port, *args, **kwargs):
        asked.append(host)
        ips = answers[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", getaddrinfo)
    return answers, asked


def test_one_address_that_is_not_public_spoils_all(names):
    names[0]["example.org"] = [["8.8.8.8", "10.0.0.1"]]
    assert code_of("https://example.org/") == "not_public"


def test_a_name_that_changes_its_answer_gains_nothing(names, monkeypatch):
    names[0]["example.org"] = [["8.8.8.8"], ["127.0.0.1"]]
    connected = []

    def create_connection(address, timeout):
        connected.append(address)
        raise OSError

    monkeypatch.setattr(fetching.socket, "create_connection", create_connection)
    assert code_of("http://example.org/") == "unreachable"
    assert (connected, names[1]) == ([("8.8.8.8", 80)], ["example.org"])


def test_a_host_without_an_address_is_unknown(monkeypatch):
    monkeypatch.setattr(fetching, "_resolve_into", lambda found, host, port: None)
    assert code_of("https://example.org/") == "unknown_host"


# A server on this machine, which only tests and the demo may ask


class Site(BaseHTTPRequestHandler):
    pages = {}
    asked = []
    posted = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Site.posted.append((self.path, body.decode()))
        status, headers, _ = self.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def do_GET(self):
        Site.asked.append((self.path, dict(self.headers)))
        status, headers, body = self.pages.get(self.path, (404, {}, b""))
        if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body() if callable(body) else body)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def site(settings):
    """`site.pages[path] = status, headers, body`; `site.at(path)` is its address."""
    settings.FETCH_LOCAL = True
    Site.pages, Site.asked, Site.posted = {}, [], []
    server = HTTPServer(("127.0.0.1", 0), Site)
    Site.at = staticmethod(lambda path: f"http://127.0.0.1:{server.server_port}{path}")
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    serving.start()
    yield Site
    server.shutdown()
    server.server_close()


def get(url, **options):
    return fetching.fetch(url, **{"max_bytes": 1000, "timeout": 30, **options})


def test_a_page_is_fetched_with_its_version_and_kind(site):
    site.pages["/a.ics?x=1"] = 200, {"ETag": '"v1"', "Content-Type": "text/calendar"}, b"BEGIN"
    got = get(site.at("/a.ics?x=1"))
    assert (got.body, got.etag, got.content_type, got.is_unchanged) == (b"BEGIN", '"v1"', "text/calendar", False)


def test_a_version_that_is_known_is_not_sent_again(site):
    site.pages["/a.ics"] = 200, {"ETag": '"v1"'}, b"BEGIN"
    got = get(site.at("/a.ics"), etag='"v1"')
    assert (got.body, got.etag, got.is_unchanged) == (b"", '"v1"', True)


def test_nothing_of_this_site_is_told_but_its_name(site):
    site.pages["/"] = 200, {}, b""
    get(site.at("/"))
    assert set(site.asked[0][1]) == {"Host", "Accept-Encoding", "Connection", "User-Agent"}


def test_three_redirects_are_followed_and_a_fourth_is_not(site):
    for number in range(5):
        site.pages[f"/{number}"] = 302, {"Location": f"/{number + 1}"}, b""
    site.pages["/4"] = 200, {}, b"here"
    assert (get(site.at("/1")).body, get(site.at("/1")).url) == (b"here", site.at("/4"))
    assert code_of(site.at("/0")) == "redirects"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "not_public"),
        ("http://[::1]:5432/", "not_public"),
        ("http://10.0.0.1/", "not_public"),
        ("file:///etc/passwd", "address"),
        ("http://kari:secret@127.0.0.1/", "address"),
        ("http://[", "address"),
    ],
)
def test_a_redirect_is_looked_at_like_the_first_address(site, location, code):
    site.pages["/"] = 301, {"Location": location}, b""
    assert code_of(site.at("/")) == code


def test_what_is_too_big_is_refused_packed_or_not(site):
    site.pages["/plain"] = 200, {}, b"x" * 1001
    site.pages["/lying"] = 200, {"Content-Length": "5"}, b"x" * 5000
    site.pages["/bomb"] = 200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 100_000)
    site.pages["/fits"] = 200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 1000)
    assert [code_of(site.at(path)) for path in ("/plain", "/bomb")] == ["too_big", "too_big"]
    assert (len(get(site.at("/fits")).body), len(get(site.at("/lying")).body)) == (1000, 5)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, b"no gzip"),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"x" * 500)[:-9]),
        ({"Content-Encoding": "br"}, b"x"),
        ({"Content-Length": "50"}, b"x"),
        ({"Transfer-Encoding": "chunked"}, b"zz\r\n"),
    ],
    ids=["no-gzip", "half-gzip", "unknown-encoding", "half", "no-chunks"],
)
def test_what_broke_off_is_refused(site, headers, body):
    site.pages["/"] = 200, headers, body
    assert code_of(site.at("/")) == "garbled"


@pytest.mark.parametrize("status", [204, 304, 403, 404, 500, 503])
def test_a_page_that_is_not_given_out_is_said_so(site, status):
    site.pages["/"] = status, {}, b""
    assert code_of(site.at("/")) == "status"


def test_a_server_that_drips_is_left(site):
    """Each byte comes within any limit; all of them together do not."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_drip, args=(server,), daemon=True).start()
        assert code_of(f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=0.5) == "slow"


def _drip(server):
    with contextlib.suppress(OSError):
        connection, _ = server.accept()
        with connection:
            for _turn in range(100):
                connection.sendall(b"H")
                time.sleep(0.05)


def test_a_server_that_hangs_up_is_garbled_and_one_that_is_not_there_unreachable(settings):
    settings.FETCH_LOCAL = True
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        threading.Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
        assert code_of(f"http://127.0.0.1:{port}/") == "garbled"
    assert code_of(f"http://127.0.0.1:{port}/") == "unreachable"


def test_a_server_without_a_certificate_is_said_so(site):
    assert code_of(site.at("/").replace("http:", "https:")) == "tls"


@pytest.mark.parametrize("mode", ["production", "development"])
def test_no_setting_opens_this_machine_to_a_real_site(site, settings, mode):
    site.pages["/"] = 200, {}, b"secret"
    settings.SITE_MODE = mode
    assert code_of(site.at("/")) == "address"
    assert code_of("http://127.0.0.1/") == "not_public"
