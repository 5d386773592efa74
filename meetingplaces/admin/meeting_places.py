"""The desk's page of a meeting place."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres import needs
from centres.admin.base import DeskAdmin
from centres.admin.breaks import PublishedForm
from centres.admin.on_site import on_the_site, upkeep
from centres.admin.pictures import Pictured, PictureForm
from meetingplaces.models import MeetingPlace
from meetingplaces.photo import PHOTO


class MeetingPlaceForm(PictureForm, PublishedForm):
    """With its photo, and the days on which it is shown; where it is about something sensitive nobody is counted."""

    def clean(self):
        super().clean()
        said = self.cleaned_data
        asked = {"counts_families", "offering", "topics"}.intersection(self.changed_data)
        if asked and said.get("counts_families") and self._is_sensitive():
            message = _(
                "It is about something sensitive, so its page never asks who might come. Take the tick away."
            )
            self.add_error("counts_families", message)

    def _is_sensitive(self):
        """Whether anything that it or its service is about is, as the form says."""
        topics, offering = self.cleaned_data.get("topics") or (), self.cleaned_data.get("offering")
        of_service = offering.service.topics.all() if offering else ()
        return any(topic.sensitive for topic in (*topics, *of_service))


@admin.register(MeetingPlace)
class MeetingPlaceAdmin(Pictured, DeskAdmin):
    form = MeetingPlaceForm
    picture = PHOTO
    without_picture = _("No photo. A photo of the door helps whoever comes for the first time.")
    fieldsets = [
        (
            None,
            {
                "fields": ["centre", "name", "slug", "summary", "description", "bring", "order"],
                "description": _("What is the same on each of its days. Its times are in the season."),
            },
        ),
        (
            _("Who arranges it, and where"),
            {"fields": ["organiser", "co_organisers", "place", "offering", "topics"]},
        ),
        (
            _("For whom, and how one comes"),
            {
                "fields": [
                    ("from_month", "to_month"),
                    "charge",
                    "cost",
                    "needs_registration",
                    "registration",
                    "counts_families",
                    ("phone", "email"),
                    "url",
                ]
            },
        ),
        (
            _("Photo"),
            {
                "fields": ["photo", "picture_now", "photo_alt"],
                "description": _(
                    "Whoever comes for the first time knows the door again. Of the file only the picture itself is "
                    "kept: not where and when it was taken."
                ),
            },
        ),
        on_the_site(),
        upkeep(),
    ]
    needs = [needs.LINKS, needs.ENDING, needs.ENDED, needs.STALE, needs.DRAFT, *needs.OF_VERSIONS]
    readonly_fields = ["picture_now", "updated_at"]
    autocomplete_fields = ["organiser", "place", "offering", "topics", "owner", "reviewed_by"]
    prepopulated_fields = {"slug": ["name_fi"]}
    list_display = ["__str__", "centre", "organiser", "status", "seen", "reviewed_on"]
    list_filter = ["centre", "status", "organiser"]
    list_select_related = ["centre", "organiser"]
    search_fields = ["search_fi", "search_sv", "search_en", "slug"]
    searches_folded = True
