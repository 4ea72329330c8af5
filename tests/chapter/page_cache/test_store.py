import threading

import time_machine

from chapter.page_cache.answers import Answer
from chapter.page_cache.store import Store

FAR = 2**40


def answer(size=10, *, tables=("events_event",), ends_at=FAR):
    return Answer({"": b"x" * size}, {}, ends_at, frozenset(tables))


def test_least_recently_used_answers_go_first():
    store = Store(max_bytes=30)
    for key in "abc":
        store.put(key, answer(), since=store.moment())
    store.get("a")
    store.put("d", answer(), since=store.moment())
    assert [key for key in "abcd" if store.get(key)] == ["a", "c", "d"]


def test_an_answer_larger_than_the_store_is_not_kept():
    store = Store(max_bytes=30)
    store.put("small", answer(), since=store.moment())
    store.put("large", answer(31), since=store.moment())
    assert store.get("small") and not store.get("large")


def test_putting_a_key_again_takes_no_more_room():
    store = Store(max_bytes=30)
    for _ in range(5):
        store.put("a", answer(), since=store.moment())
    store.put("b", answer(), since=store.moment())
    assert store.get("a") and store.get("b")


def test_a_notice_drops_what_was_drawn_from_its_table_alone():
    store = Store()
    store.put("events", answer(tables=["events_event", "events_venue"]), since=store.moment())
    store.put("blog", answer(tables=["blog_post"]), since=store.moment())
    store.drop_readers("events_venue")
    assert not store.get("events") and store.get("blog")


def test_what_was_being_drawn_when_a_notice_came_is_not_kept():
    store = Store()
    since = store.moment()
    store.drop_readers("events_event")
    store.put("old", answer(), since=since)
    store.put("other", answer(tables=["blog_post"]), since=since)
    assert not store.get("old") and store.get("other")


def test_what_was_being_drawn_when_everything_was_dropped_is_not_kept():
    store = Store()
    since = store.moment()
    store.drop_all()
    store.put("old", answer(tables=[]), since=since)
    assert not store.get("old")


def test_an_answer_ends_when_its_minute_ends():
    store = Store()
    with time_machine.travel(1_000, tick=False) as clock:
        store.put("a", answer(ends_at=1_020), since=store.moment())
        clock.move_to(1_019.9)
        assert store.get("a")
        clock.move_to(1_020)
        assert not store.get("a")


def test_of_many_who_ask_at_once_one_draws():
    store, drawn, together = Store(), [], threading.Barrier(8)

    def ask():
        together.wait()
        with store.drawing("a"):
            if not store.get("a"):
                drawn.append(1)
                store.put("a", answer(), since=store.moment())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 1


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr("chapter.page_cache.store.PATIENCE_SECONDS", 0.01)
    store = Store()
    with store.drawing("a"), store.drawing("a"):
        store.put("a", answer(), since=store.moment())
    with store.drawing("a"):
        assert store.get("a")
