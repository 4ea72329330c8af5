"""Refusals of a board carry their sentence, which is translated when it is shown."""

import pytest
from django.utils.translation import override

from facilitation.board_lock import Closed, TooLate
from facilitation.models import Participant, Topic
from facilitation.table import dots, joining, leading, own_meetup, steps, talk, topics

REFUSALS = [
    Closed(),
    TooLate(),
    dots.OverLimit(0),
    dots.OverLimit(1),
    dots.OverLimit(2),
    joining.LeadsStill(),
    leading.NotLeading(),
    leading.RoleLocked(),
    leading.AlreadyLed(None),
    leading.AlreadyLed(Participant(nickname="Kari")),
    own_meetup.OrganisersOnly(),
    own_meetup.TooSoon(),
    steps.Full(),
    talk.AnotherStarted(Topic(text="Møter uten mål")),
    topics.Unmergeable(),
]


def sentence_in(language, refusal):
    with override(language):
        return str(refusal)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_one_refusal_is_shown_in_the_language_of_each_reader(refusal):
    sentences = {sentence_in(language, refusal) for language in ("nb", "sv", "en")}
    assert len(sentences) == 3 and all(len(sentence) > 20 for sentence in sentences)


def test_a_refusal_names_what_it_is_about():
    assert "Møter uten mål" in sentence_in("nb", talk.AnotherStarted(Topic(text="Møter uten mål")))
    assert "Kari" in sentence_in("sv", leading.AlreadyLed(Participant(nickname="Kari")))
    assert "2" in sentence_in("en", dots.OverLimit(2))
