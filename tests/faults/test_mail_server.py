"""The mail server is away: RSVPs go on, and each mail comes once afterwards."""

import time

from tests.faults.people import ACKNOWLEDGED, Crowd
from tests.faults.whole import check_mails, check_rows, is_delivered

TEN_MINUTES = 600
# The last try before ten minutes are over may be the sixth; the seventh comes twelve minutes later.
PATIENCE_SECONDS = 1000


def test_mails_wait_for_a_mail_server_that_is_away(site, post_office, is_full):
    people = 60 if is_full else 20
    seeded = site.seed(people=people, capacity=people // 2)
    begin = time.monotonic()
    post_office.close()
    try:
        with Crowd(site, seeded, seconds=30 if is_full else 3) as crowd:
            pass
        assert len(crowd.with_outcome(ACKNOWLEDGED)) == people
        site.wait_until(lambda: _most_tries(site) >= 2, "the worker to try in vain", seconds=120)
        if is_full:
            time.sleep(max(0, TEN_MINUTES - (time.monotonic() - begin)))
        away = time.monotonic() - begin
    finally:
        post_office.open()
    standing = check_rows(site, seeded, crowd, capacity=people // 2)
    came = lambda: is_delivered(site) or (not is_full and site.move_clock())  # noqa: E731
    took = site.wait_until(came, "the mails", seconds=PATIENCE_SECONDS if is_full else 120)
    twice = check_mails(post_office, seeded, standing, most=1)
    print(
        f"away for {away:.0f} s: {people} of {people} acknowledged, all mails there {took:.0f} s after it came back, {twice} twice"
    )


def _most_tries(site):
    return site.rows("SELECT coalesce(max(attempts), 0) FROM procrastinate_jobs WHERE task_name = 'chapter.deliver'")[
        0
    ][0]
