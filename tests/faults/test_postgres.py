"""The database goes away in the middle of a crowd: kind pages meanwhile, and nothing that was acknowledged is lost."""

from tests.faults.people import REFUSED, Crowd
from tests.faults.whole import check_mails, check_rows, is_delivered


def test_a_database_that_dies_under_load_loses_nothing(site, post_office, is_full):
    people, deaths = (300, 3) if is_full else (60, 1)
    capacity = people // 2
    seeded = site.seed(people=people, capacity=capacity)
    with Crowd(site, seeded, seconds=30 if is_full else 10) as crowd:
        for death in range(deaths):
            crowd.wait_for(people * (death + 1) // (deaths + 2))
            _die_and_come_back(site, crowd)
        site.database.start()
    took = site.wait_until(lambda: site.status(f"/nb/events/{seeded['slug']}/") == 200, "the page to be back")
    standing = check_rows(site, seeded, crowd, capacity=capacity)
    site.wait_until(lambda: is_delivered(site) or site.move_clock(), "the mails", seconds=120)
    twice = check_mails(post_office, seeded, standing, most=1 + deaths)
    refused = crowd.with_outcome(REFUSED)
    print(f"{deaths} deaths, {people} people, {len(standing)} stand, {len(refused)} refused, back after {took:.1f} s, "
          f"{twice} mails twice, worker begun anew {site.restarts['worker']} times")  # fmt: skip
    assert {answer.status for answer in refused.values()} == {503}


def _die_and_come_back(site, crowd):
    before = len(crowd.with_outcome(REFUSED))
    site.database.kill()
    site.wait_until(lambda: len(crowd.with_outcome(REFUSED)) > before, "somebody to be refused")
    site.database.start()


def test_while_it_is_away_the_page_says_so_kindly(site):
    seeded = site.seed(people=1, capacity=1)
    site.database.kill()
    try:
        site.wait_until(lambda: site.status("/sv/events/") == 503, "the site to notice")
        with Crowd(site, seeded, seconds=1, threads=1) as crowd:
            pass
        (answer,) = crowd.with_outcome(REFUSED).values()
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
        assert ("Et øyeblikk" in answer.body, site.status("/healthz")) == (True, 200)
    finally:
        site.database.start()
    site.wait_until(lambda: site.status("/sv/events/") == 200, "the site to be back")
    assert site.rows("SELECT count(*) FROM events_rsvp WHERE event_id = %s", seeded["event"]) == [(0,)]
