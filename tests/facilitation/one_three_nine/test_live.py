"""A line reaches the others of a group by the count in the shared part. Under the real server."""

import pytest

from tests.facilitation.live.stream import Stream
from tests.facilitation.one_three_nine.hall import GROUPS, go_to, group_of, make_hall, write
from tests.live_server_process import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), LiveServer() as server:
        yield server


def test_a_line_raises_the_count_of_its_group_and_says_nothing_of_it(server):
    now = go_to(make_hall(people=6), GROUPS, 1)
    own = group_of(now, now.board.leader)
    with Stream(server, now.board) as stream:
        first = stream.next()
        write(now, now.board.leader, "Purple cows")
        while (part := stream.next())["marks"] == first["marks"]:
            pass
    changed = [number for number, count in enumerate(part["marks"]) if count != first["marks"][number]]
    assert changed == [own.number]
    assert (part["html"], part["stamp"], part["version"]) == (first["html"], first["stamp"], first["version"])
