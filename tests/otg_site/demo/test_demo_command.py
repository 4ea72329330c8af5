"""`make reset` begins anew, but never under a running demo."""

import os

import pytest

from otg_site import postgres
from otg_site.demo import run as demo


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A demo's folders, with something in each."""
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    monkeypatch.setattr(postgres, "DATA", tmp_path / ".postgres")
    for folder in (".postgres", "var", "media"):
        (tmp_path / folder).mkdir()
    return tmp_path


def test_reset_throws_everything_away(house):
    (house / ".postgres/postmaster.pid").write_text("no number\n")
    assert demo.reset() == 0
    assert list(house.iterdir()) == []


def test_reset_leaves_a_running_demo_alone(house):
    (house / ".postgres/postmaster.pid").write_text(f"{os.getpid()}\n{house}\n")
    with pytest.raises(SystemExit, match="stop it first"):
        demo.reset()
    assert len(list(house.iterdir())) == 3
