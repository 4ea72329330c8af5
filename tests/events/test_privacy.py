"""The register's order is that of the privacy page, and of erasing a member."""

from chapter.privacy import entries


def test_each_room_registers_in_the_order_of_the_face():
    """Modules that are imported early, such as panels, must not import a `privacy.py`."""
    labels = [entry.model._meta.label for entry in entries()]
    assert [label.removeprefix("events.") for label in labels if label.startswith("events.")] == [
        "AccessNeed",
        "PersonalFeed",
        "WalkIn",
        "Message",
        "Photo",
        "Proposal",
        "Series",
        "SeriesWording",
        "Question",
        "Rsvp",
        "Rsvp",
        "Event",
        "EventWording",
    ]
