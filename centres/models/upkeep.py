"""What upkeep goes by: how often each kind of row is checked, and what each web address answered last."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centres.choices import known


class CheckInterval(models.Model):
    """How long a row of one kind counts as checked; a kind that has none goes by MONTHS."""

    MONTHS = 12

    class Kind(models.TextChoices):
        """By the name of the model, whichever room it is in."""

        OFFERING = "offering", _("services in a centre")
        SERVICE = "service", _("services")
        THEME = "theme", _("themes")
        ORGANISATION = "organisation", _("organisations")
        PLACE = "place", _("places")
        MEETING_PLACE = "meetingplace", _("meeting places")
        NETWORK = "network", _("networks")
        LOCAL_NETWORK = "localnetwork", _("networks in a centre")

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind,
        unique=True,
        error_messages={"unique": _("This kind has an interval already: change that one.")},
    )
    months = models.PositiveSmallIntegerField(
        _("months"), default=MONTHS, help_text=_("After so many months it is to be checked again.")
    )

    class Meta:
        verbose_name = _("check interval")
        verbose_name_plural = _("check intervals")
        ordering = ["kind"]
        constraints = [
            known(
                "kind",
                [
                    "offering",
                    "service",
                    "theme",
                    "organisation",
                    "place",
                    "meetingplace",
                    "network",
                    "localnetwork",
                ],
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=60),
                name="checkinterval_months",
                violation_error_message=_("Give from 1 to 60 months."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class LinkCheckQuerySet(models.QuerySet):
    def broken(self):
        """The addresses to put right: the page is gone, or its site failed in runs most of a day apart.

        A site that is down for an hour, or turns the check away, is nobody's task.
        """
        failed_for_long = Q(first_failed_at__lte=F("checked_at") - LinkCheck.PATIENCE)
        return self.filter(Q(fault=LinkCheck.Fault.GONE) | failed_for_long)


class LinkCheck(models.Model):
    """What a web address that the site shows answered when it was last asked. Only `check_links` writes these."""

    # A run of cron each night comes a few minutes earlier or later than the one before.
    PATIENCE = timedelta(hours=20)
    LONGEST = 2000

    class Fault(models.TextChoices):
        """What went wrong, as it is told to somebody who runs no servers."""

        GONE = "gone", _("the page is no longer there")
        NO_SITE = "no-site", _("there is no site of that name")
        NO_ANSWER = "no-answer", _("the site does not answer")
        CERTIFICATE = (
            "certificate",
            _("browsers warn that the site is not safe (its certificate is not valid)"),
        )
        ROUND = "round", _("it leads on and on, and nowhere")
        INWARDS = "inwards", _("it leads to a network of somebody's own, where families cannot go")
        NO_ADDRESS = "no-address", _("it leads to something that is no web address")
        UNCLEAR = "unclear", _("cannot be told: the site turns machines away")

    url = models.CharField(_("web address"), max_length=LONGEST, unique=True)
    in_text = models.BooleanField(_("stands in a text"), default=False)
    checked_at = models.DateTimeField(_("last tried"))
    fault = models.CharField(_("what is wrong"), max_length=12, choices=Fault, blank=True, default="")
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    first_failed_at = models.DateTimeField(_("failing since"), null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["first_failed_at", "url"]
        constraints = [
            known(
                "fault",
                [
                    *("gone", "no-site", "no-answer", "certificate"),
                    *("round", "inwards", "no-address", "unclear"),
                ],
                blank=True,
            ),
        ]

    def __str__(self):
        return self.url
