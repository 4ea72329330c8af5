"""Cards of 25/10: each is scored 1–5 by five people who don't know whose it is."""

from secrets import randbits
from typing import Self

from django.db import models
from django.db.models import Count, F, FloatField, Q, Sum
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField

from .activity import Activity

MAX_CARD = 200
# So many people score each card, from 1 to 5: hence 25.
SCORES_EACH, HIGHEST = 5, 5


def random_key() -> int:
    return randbits(63)


class CardQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Those not put together with another."""
        return self.filter(merged_into=None)

    def with_points(self) -> Self:
        """Annotate `points`, out of 25: the sum; with fewer than five scores their mean times five; None without any."""
        mean = Cast(F("score_sum"), FloatField()) * SCORES_EACH / NullIf(F("score_count"), 0)
        return self.annotate(points=Coalesce(Cast(F("paper_total"), FloatField()), mean))

    def in_result_order(self) -> Self:
        return self.with_points().order_by(F("points").desc(nulls_last=True), "id")


class Card(models.Model):
    """What one person wrote. Its key is random, so that neither it nor any order of cards says who wrote when."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="cards")
    # Until the activity closes. Empty: written for somebody in the room, or its author has left.
    author = models.ForeignKey(
        "facilitation.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    text = LineField(_("Card"), max_length=MAX_CARD)
    # The sum that was written on a card of paper.
    paper_total = models.PositiveSmallIntegerField(null=True, editable=False)
    # Kept when the scoring ends, and the rows that say who scored what are deleted.
    score_sum = models.PositiveSmallIntegerField(default=0, editable=False)
    score_count = models.PositiveSmallIntegerField(default=0, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="variants"
    )

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.UniqueConstraint(fields=["activity", "client_id"], name="card_sent_once"),
            models.UniqueConstraint(fields=["activity", "author"], name="card_one_each"),
            models.CheckConstraint(
                condition=Q(paper_total=None) | Q(paper_total__range=(SCORES_EACH, SCORES_EACH * HIGHEST)),
                name="card_paper_total",
            ),
            models.CheckConstraint(
                condition=Q(score_count__lte=SCORES_EACH, score_sum__gte=F("score_count"))
                & Q(score_sum__lte=F("score_count") * HIGHEST),
                name="card_score_sum",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="card_merged"),
        ]

    def __str__(self):
        return self.text

    @property
    def is_partly_scored(self):
        return self.paper_total is None and 0 < self.score_count < SCORES_EACH


class DealQuerySet(models.QuerySet):
    def sums(self) -> Self:
        """(card, sum, number) of the scores that were given."""
        return self.exclude(score=None).values_list("card").annotate(Sum("score"), Count("pk")).order_by("card")


class Deal(models.Model):
    """A card in the hands of somebody who scores it in one round; deleted when the scoring ends.

    That nobody is dealt their own card is held by a trigger, the rest by constraints.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="deals")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="deals")
    # Empty: they have left, and their score counts.
    rater = models.ForeignKey("facilitation.Participant", on_delete=models.SET_NULL, null=True, related_name="+")
    round = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField(null=True)

    objects = DealQuerySet.as_manager()

    class Meta:
        verbose_name = _("dealt card")
        verbose_name_plural = _("dealt cards")
        constraints = [
            models.UniqueConstraint(fields=["card", "rater"], name="deal_never_again"),
            models.UniqueConstraint(fields=["activity", "round", "rater"], name="deal_one_a_round"),
            models.UniqueConstraint(fields=["card", "round"], name="deal_one_rater"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(1, HIGHEST)), name="deal_score"),
        ]

    def __str__(self):
        return f"round {self.round}: {self.score}"
