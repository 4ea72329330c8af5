"""What must be true of the rows whatever was killed: nothing half, nothing acknowledged lost, each mail once."""

from tests.faults.people import ACKNOWLEDGED

STANDING = (
    "SELECT member_id, status, id, round FROM events_rsvp WHERE event_id = %s AND status IN ('going', 'waitlisted')"
)
UNTOLD = """
    SELECT r.id FROM events_rsvp r WHERE r.event_id = %s AND r.status IN ('going', 'waitlisted') AND NOT EXISTS (
        SELECT FROM chapter_delivery d WHERE d.object_id = r.id AND d.sequence = r.round
        AND d.kind IN ('rsvp_going', 'rsvp_waitlisted', 'rsvp_promoted'))
"""
UNQUEUED = """
    SELECT d.id FROM chapter_delivery d WHERE d.sent_at IS NULL AND d.dropped_at IS NULL AND NOT EXISTS (
        SELECT FROM procrastinate_jobs j WHERE j.task_name = 'chapter.deliver'
        AND (j.args->>'delivery_id')::bigint = d.id AND j.status IN ('todo', 'doing'))
"""
WAITING = "SELECT count(*) FROM chapter_delivery WHERE sent_at IS NULL AND dropped_at IS NULL"


def check_rows(site, seeded, crowd, *, capacity):
    """Every answer that was given stands in the rows, with its mail queued, and no seat too many; returns the standing."""
    standing = {member: status for member, status, _id, _round in site.rows(STANDING, seeded["event"])}
    assert set(crowd.with_outcome(ACKNOWLEDGED)) - set(standing) == set()
    going = [member for member, status in standing.items() if status == "going"]
    assert len(going) == min(capacity, len(standing))
    assert site.rows(UNTOLD, seeded["event"]) == []
    assert site.rows(UNQUEUED) == []
    return standing


def is_delivered(site):
    return site.rows(WAITING)[0][0] == 0


def check_mails(post_office, seeded, standing, *, most):
    """Everybody who stands was written to; no letter came more than `most` times. Returns how many came twice."""
    address = {member["id"]: member["email"] for member in seeded["members"]}
    copies = post_office.copies()
    assert {address[member] for member in standing} - {to for _id, to in copies} == set()
    ours = {key: count for key, count in copies.items() if key[1] in set(address.values())}
    assert [key for key, count in ours.items() if count > most] == []
    return sum(count > 1 for count in ours.values())
