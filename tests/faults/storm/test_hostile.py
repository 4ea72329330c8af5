"""A storm of hostile requests over every address, as four roles, against a site as it is deployed.

`make test-hostile` sends 20,000 (REQUESTS=…) from a seed (SEED=…) that is printed; the short form, which CI runs, fewer.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest

from tests.everywhere.stored import CONTROLS
from tests.faults.site import ROOT
from tests.faults.storm.generator import Generator, send, trouble_with

# Some bodies are long: not all are held in memory.
AT_ONCE = 500
TEXTS = """
    SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('text', 'character varying')
"""
SEATS_TOO_MANY = """
    SELECT e.id FROM events_event e JOIN events_rsvp r ON r.event_id = e.id AND r.status = 'going'
    WHERE e.capacity IS NOT NULL GROUP BY e.id HAVING count(*) > e.capacity
"""


@pytest.fixture(scope="module")
def site(own_site):
    return own_site


def test_a_storm_of_hostile_requests_breaks_nothing(site, is_full):
    number = int(os.environ.get("REQUESTS") or (20_000 if is_full else 800))
    seed = int(os.environ.get("SEED") or 1)
    host = f"127.0.0.1:{site.port}"
    seeded = _seeded(site, copies=max(1, number // 4000), people=max(6, number // 400))
    statuses, found = Counter(), []
    with ThreadPoolExecutor(6) as senders:
        requests = Generator(seeded, host=host, seed=seed).requests(number)
        while some := list(islice(requests, AT_ONCE)):
            for sent, answer in senders.map(lambda sent: (sent, send(sent, site.port)), some):
                statuses[answer.status] += 1
                if trouble := trouble_with(sent, answer, host=host):
                    found.append(f"{trouble}: {sent}")
    print(f"{number} requests from seed {seed}: {dict(statuses.most_common())}")
    assert found == []
    assert site.answers()
    assert (site.rows(SEATS_TOO_MANY), _columns_with_controls(site)) == ([], [])
    assert (site.restarts["web"], _tracebacks(site)) == (0, 0)


def _seeded(site, *, copies, people):
    command = [sys.executable, "-m", "tests.faults.storm.seed", str(copies), str(people)]
    made = subprocess.run(
        command, cwd=ROOT, env=site.environment, check=True, timeout=180, stdout=subprocess.PIPE, text=True
    )
    return json.loads(made.stdout.splitlines()[-1])


def _columns_with_controls(site):
    return [
        (table, column)
        for table, column in site.rows(TEXTS)
        if site.rows(f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}" ~ \'{CONTROLS}\')') == [(True,)]
    ]


def _tracebacks(site):
    return (site.folder / "web.log").read_text("utf-8", "replace").count("Traceback")
