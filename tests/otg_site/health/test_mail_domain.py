"""What the doctor says about the DNS of MAIL_FROM, asked of a name server of our own on 127.0.0.1."""

import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from otg_site.health import doctor, mail_domain

GOOD = {
    "otg-nord.no": ["v=spf1 include:spf.post.no -all", "unrelated=1"],
    "_dmarc.otg-nord.no": ["v=DMARC1; p=none"],
    "mail._domainkey.otg-nord.no": ["v=DKIM1; p=abc"],
}


class NameServer(threading.Thread):
    """Answers TXT questions from a table; what is not in it does not exist."""

    def __init__(self, table):
        super().__init__()
        self.table, self.socket = table, socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))

    def run(self):
        while True:
            wire, asker = self.socket.recvfrom(4096)
            if wire == b"stop":
                return self.socket.close()
            self.socket.sendto(self._answer(dns.message.from_wire(wire)).to_wire(), asker)

    def _answer(self, query):
        (question,) = query.question
        answer = dns.message.make_response(query)
        texts = self.table.get(question.name.to_text(omit_final_dot=True))
        if texts is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            # In pieces, as a long record comes.
            rows = [f'"{text[:5]}" "{text[5:]}"' for text in texts]
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", *rows))
        return answer


@pytest.fixture
def names():
    """`names(table)` is a resolver that asks a server which knows this table."""
    servers = []

    def serve(table):
        server = NameServer(table)
        server.start()
        servers.append(server)
        ask = dns.resolver.Resolver(configure=False)
        ask.nameservers, ask.port = ["127.0.0.1"], server.socket.getsockname()[1]
        return ask

    yield serve
    for server in servers:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stopper:
            stopper.sendto(b"stop", server.socket.getsockname())
        server.join()


def remedies(ask, domain="otg-nord.no", selector="mail"):
    return {about.split()[0]: remedy for about, remedy in mail_domain.looked_up(domain, selector=selector, ask=ask)}


def test_domain_that_is_set_up_needs_nothing(names):
    assert remedies(names(GOOD)) == {"SPF": "", "DKIM": "", "DMARC": ""}


def test_empty_domain_is_told_each_record_that_it_needs(names):
    found = remedies(names({}))
    assert "Add a TXT record at otg-nord.no" in found["SPF"]
    assert "There is no key at mail._domainkey.otg-nord.no" in found["DKIM"]
    assert "Add a TXT record at _dmarc.otg-nord.no" in found["DMARC"]


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (["v=spf1 -all", "v=spf1 include:spf.post.no -all"], "It has 2 records"),
        (["v=spf1 +all"], "lets anybody send"),
        (["v=spf10 -all"], "Add a TXT record"),
        (["V=SPF1 mx -all"], ""),
    ],
)
def test_spf_that_helps_nobody_is_said(names, records, said):
    assert said in remedies(names({**GOOD, "otg-nord.no": records}))["SPF"]


def test_dmarc_of_the_domain_above_counts(names):
    table = {**GOOD, "mote.otg-nord.no": ["v=spf1 mx -all"]}
    assert remedies(names(table), "mote.otg-nord.no", selector="")["DMARC"] == ""


def test_resolver_that_is_away_is_no_missing_record():
    ask = dns.resolver.Resolver(configure=False)
    ask.nameservers, ask.port = ["127.0.0.1"], 9
    with pytest.raises(mail_domain.NoAnswer):
        remedies(ask)


def findings(settings, monkeypatch, ask, *, selector):
    settings.SERVER_EMAIL, settings.MAIL_DKIM_SELECTOR = "hei@otg-nord.no", selector
    monkeypatch.setattr(mail_domain, "resolver", lambda: ask)
    return {finding.about: finding for finding in doctor._about_mail_from()}


def test_doctor_gives_a_hint_about_a_key_whose_name_it_does_not_know(settings, monkeypatch, names):
    found = findings(settings, monkeypatch, names(GOOD), selector="")
    assert [finding.about for finding in found.values() if finding.remedy] == []
    assert "MAIL_DKIM_SELECTOR" in found["DKIM of otg-nord.no"].hint


def test_doctor_says_how_to_look_by_hand_without_the_package(settings, monkeypatch):
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    found = findings(settings, monkeypatch, None, selector="")
    assert "dig +short TXT _dmarc.otg-nord.no" in found["DNS of MAIL_FROM"].hint


def test_address_that_is_nobodys_is_not_looked_up(settings):
    settings.SERVER_EMAIL = "hello@chapter.example.org"
    assert list(doctor._about_mail_from()) == []
