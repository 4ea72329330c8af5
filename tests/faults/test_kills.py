"""Web and worker processes are killed in the middle of a crowd: an RSVP is committed or absent, never half."""

import os
import random
import signal
import time
from contextlib import suppress

from tests.faults.people import UNKNOWN, Crowd
from tests.faults.whole import check_mails, check_rows, is_delivered


def test_killed_web_processes_leave_nothing_half(site, post_office, is_full):
    people, kills = (400, 20) if is_full else (80, 4)
    seeded = site.seed(people=people, capacity=people // 4)
    with Crowd(site, seeded, seconds=30 if is_full else 8) as crowd:
        for kill in range(kills):
            crowd.wait_for(people * (kill + 1) // (kills + 2))
            _kill_in_the_middle(site, seeded["event"], everybody=kill % 4 == 3, at_commit=kill % 2 == 1)
    site.wait_until(site.answers, "the site to be back")
    standing = check_rows(site, seeded, crowd, capacity=people // 4)
    site.wait_until(lambda: is_delivered(site), "the mails", seconds=120)
    twice = check_mails(post_office, seeded, standing, most=1)
    unknown = crowd.with_outcome(UNKNOWN)
    print(f"{kills} kills, {people} people, {len(standing)} stand, {len(unknown)} never had an answer "
          f"({len(set(unknown) & set(standing))} of them stand), {twice} mails twice")  # fmt: skip
    assert unknown


def _kill_in_the_middle(site, event, *, everybody, at_commit):
    """Kill gunicorn, or one of its workers, while RSVPs wait in their transactions, or the moment that they go on."""
    with site.database.lock_event(event) as lock:
        site.wait_until(lambda: lock.waiting() >= 3, "RSVPs to be under way")
        victims = site.web_workers()
        if not at_commit:
            _kill_web(site, victims, everybody=everybody)
    if at_commit:
        time.sleep(random.uniform(0, 0.05))
        _kill_web(site, victims, everybody=everybody)
    site.wait_until(site.answers, "gunicorn to be back")


def _kill_web(site, workers, *, everybody):
    if everybody:
        return site.kill("web")
    for pid in workers:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return None


def test_a_killed_worker_leaves_no_mail_behind(site, post_office, is_full):
    people, kills = (200, 10) if is_full else (40, 3)
    seeded = site.seed(people=people, capacity=people)
    with Crowd(site, seeded, seconds=30 if is_full else 9) as crowd:
        for kill in range(kills):
            crowd.wait_for(people * (kill + 1) // (kills + 2))
            site.kill("worker")
    standing = check_rows(site, seeded, crowd, capacity=people)
    site.wait_until(lambda: is_delivered(site) or site.move_clock(), "the mails", seconds=180)
    twice = check_mails(post_office, seeded, standing, most=2)
    print(f"{kills} workers killed, {len(standing)} stand and were written to, {twice} mails came twice")
    assert (len(standing), twice <= kills) == (people, True)
