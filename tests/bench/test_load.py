"""What wrk says, read."""

import pytest

from bench import load

SAID = """Running 5s test @ http://127.0.0.1:8000/nb/
  2 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    84.20ms   12.55ms   1.20s    73.99%
    Req/Sec    95.10     10.20   120.00     61.00%
  Latency Distribution
     50%   82.10ms
     75%   90.00ms
     90%   99.30ms
     99%  130.50ms
  950 requests in 5.00s, 20.10MB read
{also}Requests/sec:    190.00
Transfer/sec:      4.02MB
"""


@pytest.mark.parametrize(
    ("also", "failed"),
    [
        ("", 0),
        ("  Non-2xx or 3xx responses: 7\n", 7),
        ("  Socket errors: connect 1, read 2, write 0, timeout 3\n", 6),
    ],
)
def test_the_slowest_and_the_share_are_read_in_milliseconds(also, failed):
    found = load.parsed(SAID.format(also=also))
    assert found == load.Load(190.0, pytest.approx(130.5), pytest.approx(1200), failed)
