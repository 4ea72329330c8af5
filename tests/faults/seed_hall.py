"""Run in a process of its own with a site's settings: people who sit at a board that plays 25/10. Prints them as JSON.

Beside it hangs a gallery of a 1-3-9, whose lines can be hearted.
"""

import json
import os
import sys


def main(people):
    os.environ["DJANGO_SETTINGS_MODULE"] = "otg_site.settings"
    import django

    django.setup()
    from django.core import signing

    from facilitation.models import Board, Group, SheetLine
    from facilitation.table.joining import SALT
    from tests.factories import make_activity, make_leader, make_participant

    leader = make_leader(nickname="Leader")
    board = leader.board
    seated = [leader, *(make_participant(board=board) for _ in range(people - 1))]
    gallery = make_activity(board=board, step="gallery")
    group = Group.objects.create(activity=gallery, level=1, number=1)
    lines = [SheetLine.objects.create(activity=gallery, group=group, client_id=_id(n), text=f"{n}") for n in range(3)]
    cards = make_activity(board=board, kind="25-10", step="write", sizes="", minutes="", seconds=600)
    Board.objects.filter(pk=board.pk).update(activity=cards)
    made = {"code": board.code, "activity": cards.pk, "lines": [line.pk for line in lines]}
    made["people"] = [{"id": one.pk, "cookie": signing.dumps(one.pk, salt=SALT)} for one in seated]
    print(json.dumps(made))


def _id(number):
    return f"00000000-0000-0000-0000-{number:012}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
