"""How a hall plays 25/10: `make bench-hall`. Everything runs on this machine, with a temporary database.

Joins the phones, plays five rounds ended by the clock, and counts down. Prints whether every card has its scores, whether
nothing that was answered is lost, and how fast it all was; the exit code is 1 where a goal is missed. With `--leave 0.3
--late 0.1` people come and go at random; `--kill` ends the web, the live and the worker process by force, twice each.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict

from ..server import PATIENCE_SECONDS, ROOT, Browser, Gunicorn, free_port, percentile, temporary_site

GOAL_SCORE_MS, GOAL_STEP_MS, GOAL_MB = 500, 2000, 400
# After which share of the round in which it is killed each process is, counted from the first round on.
KILLS = {"web": (1.4, 3.4), "live": (1.6, 3.6), "worker": (1.8, 3.8)}
QUESTION = "Hvilken utfordring vil dere se løst?"


def main():
    options = _arguments()
    port = free_port()
    temporary_site(SITE_URL=f"http://127.0.0.1:{port}", LOG_LEVEL="ERROR")
    live = free_port()
    with (
        Server("otg_site.gunicorn", "otg_site.wsgi", port) as web,
        Server("otg_site.gunicorn_live", "otg_site.asgi", live) as stream,
        Worker() as worker,
    ):
        day = Day(options, {"web": web, "live": stream, "worker": worker})
        rows = list(_rows(day.play(), options))
    for row in rows:
        print(_line(row), flush=True)
    target = ROOT / "var" / "bench-hall.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"options": vars(options), "rows": rows}, indent=1, ensure_ascii=False))
    return 0 if all(row.get("met", True) for row in rows) else 1


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m bench.hall", description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=1400)
    parser.add_argument("--seconds", type=int, default=60, help="of each round")
    parser.add_argument("--late", type=float, default=0, help="the share of people who come during the rounds")
    parser.add_argument("--leave", type=float, default=0, help="the share of people who leave during the rounds")
    parser.add_argument("--kill", action="store_true")
    return parser.parse_args()


# Processes that can be killed


class Killable:
    def kill(self):
        """End it with all that it has started, as the kernel does when memory runs out, and start it again."""
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.__enter__()

    def pids(self):
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607
        rows = [list(map(int, line.split())) for line in listing.stdout.splitlines()]
        return [pid for pid, parent in rows if self.process.pid in (pid, parent)]


class Server(Killable, Gunicorn):
    pass


class Worker(Killable):
    def __enter__(self):
        command = [sys.executable, "manage.py", "procrastinate", "worker"]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Day:
    """One 25/10, from the first phone to the tenth card."""

    def __init__(self, options, servers):
        self.options, self.servers = options, servers
        self.begun, self.memory = {}, []
        self.pages, self.page_trouble, self.own_scores = defaultdict(list), 0, []
        self.board = self._open()

    def _open(self):
        from events.models import Event
        from facilitation import activities
        from facilitation.models import Activity
        from facilitation.table import boards, joining

        board = boards.open_board(Event.objects.upcoming().first())
        self.leader = joining.join(board, nickname="Ola", is_organiser=True)
        kind = activities.kind_of(Activity(kind="25-10"))
        settings = {"question": QUESTION, "seconds": self.options.seconds}
        activities.actions.open_activity(
            board, by=self.leader, kind=kind, client_id="00000000-0000-4000-8000-000000000000", **settings
        )
        return board

    @property
    def activity(self):
        from facilitation.models import Activity

        return Activity.objects.select_related("board").get(board=self.board)

    def go(self, to):
        from facilitation.twenty_five import rounds

        now = self.activity
        rounds.go(now, by=self.leader, step=now.step, number=now.number, to=to)

    def play(self):
        options = {
            **vars(self.options),
            "web": self.servers["web"].port,
            "live": self.servers["live"].port,
            "code": self.board.code,
        }
        command = [sys.executable, "-m", "bench.hall.phones", json.dumps(options)]
        phones = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        try:
            began = time.time()
            if phones.stdout.readline() != "ready\n":
                sys.exit("The phones did not come; the lines above say why.")
            print(f"All are here and have handed in a card, after {time.time() - began:.0f} s.", flush=True)
            phones.stdin.write("begin\n")
            phones.stdin.flush()
            self._rounds()
            told = json.loads(phones.communicate("stop\n", timeout=PATIENCE_SECONDS)[0].splitlines()[-1])
        finally:
            phones.kill()
            phones.wait()
        return {"told": told, "cards": self._cards(), **self.__dict__}

    def _rounds(self):
        over = threading.Event()
        threads = [
            threading.Thread(target=work, args=[over], daemon=True) for work in (self._read_pages, self._weigh)
        ]
        if self.options.kill:
            threads.append(threading.Thread(target=self._kill, args=[over], daemon=True))
        for thread in threads:
            thread.start()
        self.begun["round 1"] = time.time()
        self.go("round")
        self._until("reveal")
        for number in range(1, 11):
            self.begun[f"reveal {number}"] = time.time()
            self.go("reveal")
            time.sleep(3)
        over.set()
        for thread in threads:
            thread.join()

    def _until(self, step):
        """Wait for the clock, and note when each round should have begun: when the one before was to end."""
        while (now := self.activity).step != step:
            if now.ends_at:
                self.begun[f"round {now.number + 1}"] = now.ends_at.timestamp()
                self.begun["reveal 0"] = now.ends_at.timestamp()
            self._score_as_leader(now)
            time.sleep(0.2)
        self.begun.pop(f"round {int(max(key.split()[1] for key in self.begun if key.startswith('round')))}")

    def _score_as_leader(self, now):
        # Whoever leads is dealt cards as all others.
        from facilitation.board_lock import TooLate
        from facilitation.twenty_five import actions

        held = now.deals.select_related("activity", "card").filter(round=now.number, rater=self.leader, score=None)
        for deal in held:
            try:
                actions.score(deal, by=self.leader, score=3)
            except TooLate:
                continue
            self.own_scores.append([_number(deal.card), "Ola", deal.round, 3])

    def _read_pages(self, over):
        browser = Browser(self.servers["web"].port)
        while not over.wait(0.9):
            for path in ("/nb/", f"/nb/events/{self.board.event.slug}/"):
                began = time.monotonic()
                try:
                    browser.get(path)
                    self.pages[path].append(time.monotonic() - began)
                except (OSError, RuntimeError):
                    self.page_trouble += 1

    def _weigh(self, over):
        while not over.wait(1):
            self.memory.append(self.servers["live"].megabytes())

    def _kill(self, over):
        plan = sorted((at, name) for name, moments in KILLS.items() for at in moments)
        began = time.time()
        for at, name in plan:
            over.wait(max(0, began + at * self.options.seconds - time.time()))
            print(f"Killing {name} …", flush=True)
            self.servers[name].kill()

    def _cards(self):
        return {_number(card): (card.score_sum, card.score_count) for card in self.activity.cards.all()}


def _number(card):
    return int(card.text.rpartition("-")[2])


def _rows(found, options):
    told, cards = found["told"], found["cards"]
    given = defaultdict(list)
    for card, rater, _round, score in [*told["scores"], *found["own_scores"]]:
        given[card].append((rater, score))
    unsure = set(told["unanswered"])
    lost = [card for card in cards if _is_lost(given[card], cards[card], is_sure=card not in unsure)]
    twice = [card for card, scores in given.items() if len({rater for rater, _ in scores}) < len(scores)]
    counts = [count for _, count in cards.values()]
    with_five = sum(count == 5 for count in counts)
    stays = not (options.leave or options.late or options.kill)
    yield {
        "what": f"{len(cards)} cards; with five scores {with_five}, with four {counts.count(4)}, with fewer "
        f"{len(cards) - with_five - counts.count(4)}",
        "goal": "all with five" if stays else "", "met": with_five == len(cards) or not stays,
    }  # fmt: skip
    wrong = {"own": len(told["own"]), "repeated": len(told["again"]) + len(twice), "lost": len(lost)}
    yield {
        "what": "own, repeated, lost: " + ", ".join(map(str, wrong.values())), "goal": "0, 0, 0", "met": not any(wrong.values())
    }  # fmt: skip
    yield _times("the answer to a score", told["took"], GOAL_SCORE_MS)
    waits = [wait for step, begun in found["begun"].items() if (wait := _wait(told["arrivals"].get(step, ()), begun))]
    yield _times("a step until it is on the last phone", waits, GOAL_STEP_MS if not options.kill else None)
    yield _times("fetching one’s own part", told["fetched"], None)
    for path, took in found["pages"].items():
        yield _times(f"{path} meanwhile", took, None)
    memory = max(found["memory"])
    yield {"what": f"memory of the live process: {memory:.0f} MB", "goal": f"< {GOAL_MB} MB", "met": memory < GOAL_MB}
    yield {
        "what": f"rounds: {max(int(step.split()[1]) for step in told['arrivals'] if step.startswith('round'))}; scores too late: "
        f"{len(told['refused'])}; never answered: {len(told['unanswered'])}; pages that failed: {found['page_trouble']}; "
        f"trouble: {dict(told['trouble'])}"
    }  # fmt: skip


def _wait(arrivals, begun):
    """Until the step was on the last of the phones that were there when it began."""
    return max((at - begun for came_at, at in arrivals if came_at < begun), default=None)


def _is_lost(given, kept, *, is_sure):
    """Whether a score that was answered is not in the sum that was kept."""
    total, number = sum(score for _, score in given), len(given)
    return (total, number) != kept if is_sure else kept[1] < number


def _times(what, seconds, goal):
    milliseconds = [one * 1000 for one in seconds] or [0]
    p95 = percentile(milliseconds, 95)
    row = {
        "what": f"{what} ({len(seconds)})",
        "ms": percentile(milliseconds, 50),
        "p95": p95,
        "slowest": max(milliseconds),
    }
    return row | ({"goal": f"p95 ≤ {goal} ms", "met": p95 <= goal} if goal else {})


def _line(row):
    numbers = "".join(f"{name} {row[name]:8.0f}  " for name in ("ms", "p95", "slowest") if name in row)
    verdict = {True: "met", False: "MISSED", None: ""}[row.get("met")]
    return f"{row['what']:60}{numbers}{row.get('goal', '')} {verdict}"


if __name__ == "__main__":
    sys.exit(main())
