"""People at a board, each with a browser of their own, as the stories of the pages need them."""

from uuid import uuid4

from django.test import Client

from facilitation.models import Participant
from tests.factories import make_board, make_member


class Person:
    """Somebody with a browser at a board."""

    def __init__(self, board, *, member=None, script=False):
        self.board, self.member = board, member
        headers = {"origin": "http://testserver", **({"X-Board": "1"} if script else {})}
        self.client = Client(headers=headers)
        if member:
            self.client.force_login(member)

    def join(self, nickname="", **fields):
        self.client.post(self.address("join"), {"nickname": nickname, **fields})
        return self

    def address(self, *parts):
        return "/".join([f"/nb/board/{self.board.code}", *parts, ""])

    @property
    def me(self):
        return Participant.objects.filter(board=self.board, nickname__gt="").get(nickname=self.nickname)

    def page(self, *parts, **query):
        return self.client.get(self.address(*parts), query).content.decode()

    def do(self, verb, **fields):
        return self.client.post(self.address("do", verb), fields)

    def write(self, text, **fields):
        return self.do("note", client_id=uuid4(), text=text, **fields)

    def go(self, to_phase):
        self.board.refresh_from_db()
        return self.do("go", from_phase=self.board.phase, to_phase=to_phase, version=self.board.version)


def organiser_and_guest(**fields):
    """An organiser who leads, and a guest, both at the same board."""
    board = make_board(**fields)
    leader = Person(board, member=make_member(is_organiser=True)).join("Ola")
    return leader, Person(board).join("Kari")
