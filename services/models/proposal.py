"""What a coordinator would change in a text that several centres share."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from centres.choices import known
from centres.models import FamilyCentre
from services.models.service import Service


class Proposal(models.Model):
    """A change to a shared service that a centre asks for; whoever keeps what is shared answers it."""

    kept_by = ("centre",)

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("done")
        DECLINED = "declined", _("not done")

    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="proposals"
    )
    centre = models.ForeignKey(
        FamilyCentre, verbose_name=_("family centre"), on_delete=models.CASCADE, related_name="proposals"
    )
    text = models.TextField(
        _("proposal"), help_text=_("What should be said otherwise, and how. Say also how you know.")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    answer = models.CharField(
        _("answer"),
        max_length=8,
        choices=Answer,
        blank=True,
        default="",
        help_text=_("Empty: not answered yet."),
    )
    answer_text = models.TextField(_("answer, in words"), blank=True, default="")

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            known("answer", ["accepted", "declined"], blank=True),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="proposal_says_something",
                violation_error_message=_("Write what should be changed."),
            ),
        ]

    def __str__(self):
        return Truncator(self.text).words(12)
