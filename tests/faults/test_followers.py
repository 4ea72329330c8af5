"""Five thousand followers are told of one event while the worker is killed and the mail server refuses: each once."""

import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.site import ROOT, Site
from tests.faults.slow import Visitors

PAGES = ["/nb/", "/nb/events/", "/nb/microactions/"]
A_MINUTE = 60


@pytest.fixture
def telling(post_office, is_full):
    with TemporaryDirectory(prefix="site-") as folder:
        Path(folder).chmod(0o755)
        site = Site(Path(folder), mail_port=post_office.port)
        site.environment["MAIL_PER_MINUTE"] = "1000" if is_full else "200"
        with site:
            yield site


def test_each_follower_is_told_once(telling, post_office, is_full):
    number, kills = (5000, 5) if is_full else (150, 2)
    before = str(Visitors(telling.port, PAGES, seconds=10 if is_full else 3))
    command = [sys.executable, "-m", "tests.faults.seed_followers", str(number)]
    subprocess.run(command, cwd=ROOT, env=telling.environment, check=True, timeout=180)
    begin, memory = time.monotonic(), Memory(telling)
    with memory:
        during = _break_it(telling, post_office, number, kills, is_full)
        everything = lambda: _told(telling) == number or (not is_full and telling.move_clock())  # noqa: E731
        telling.wait_until(everything, "the mails", seconds=1500 if is_full else 240)
    news = {key: count for key, count in post_office.copies().items() if key[1].startswith("f")}
    copies = Counter(to for _id, to in news)
    twice = sum(count - 1 for count in news.values())
    print(f"{number} followers told in {time.monotonic() - begin:.0f} s, {kills} workers killed, {twice} mails twice, "
          f"worker {memory.most} MB at most; pages before: {before}; meanwhile: {during}")  # fmt: skip
    assert (len(copies), set(copies.values())) == (number, {1})
    # Between the server's reply and the commit a kill sends a mail again, with the same Message-ID.
    assert twice <= kills
    assert memory.most < 200


def _break_it(site, post_office, number, kills, is_full):
    """Kill the worker again and again, and close the mail server half way; returns what visitors saw meanwhile."""
    seen = []
    seconds = 2 * A_MINUTE if is_full else 10
    visiting = threading.Thread(target=lambda: seen.append(Visitors(site.port, PAGES, seconds=seconds)), daemon=True)
    visiting.start()
    for kill in range(kills):
        share = number * (kill + 1) // (kills + 3)
        site.wait_until(lambda share=share: _told(site) >= share, f"{share} to be told", seconds=600)
        site.kill("worker")
        if kill == kills // 2:
            post_office.close()
            time.sleep(A_MINUTE if is_full else 4)
            post_office.open()
    visiting.join()
    return str(seen[0])


def _told(site):
    if site.rows("SELECT count(*) FROM followers_announcement WHERE spread_at IS NULL")[0][0]:
        return 0
    return site.rows("SELECT count(*) FROM chapter_delivery WHERE kind = 'news' AND sent_at IS NOT NULL")[0][0]


class Memory:
    """`with Memory(site) as memory:`. The most that the worker has held, in MB."""

    def __init__(self, site):
        self.site, self.most, self._goes_on = site, 0, True

    def __enter__(self):
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._goes_on = False
        self._thread.join()

    def _look(self):
        while self._goes_on:
            status = Path(f"/proc/{self.site.processes['worker'].pid}/status")
            if status.exists():
                held = next((line for line in status.read_text().splitlines() if line.startswith("VmRSS")), "x 0")
                self.most = max(self.most, int(held.split()[1]) // 1024)
            time.sleep(0.5)
