"""The desk's page of a meeting: when, where, what about, and what to read."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from centres.admin.base import DeskAdmin
from centres.admin.inlines import RowsInline
from centres.admin.on_site import is_shown
from centres.templatetags.dates import hours
from networks.admin.cancelling import Cancelling
from networks.admin.meeting_forms import MeetingForm
from networks.admin.season_page import Seasons
from networks.models import Attendance, Material, Meeting


class WhenFilter(admin.SimpleListFilter):
    """The coming ones, unless others are asked for."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("past", _("Past")), ("all", _("All"))]

    def choices(self, changelist):
        """Without Django's own "all", which stands first: the coming ones do."""
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("Coming"),
        }
        for value, words in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": words,
            }

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "past":
            return queryset.before(today)
        return queryset if self.value() == "all" else queryset.from_day(today)


class MaterialInline(RowsInline):
    model = Material
    add_text = _("Add material")
    jump_to = _("materials")
    fields = ["label", "url", "order"]


@admin.register(Meeting)
class MeetingAdmin(Cancelling, Seasons, DeskAdmin):
    form = MeetingForm
    fieldsets = [
        (
            None,
            {
                "fields": ["local_network", "kind", "topic", "day", ("starts", "ends"), "is_public"],
                "description": _(
                    "One meeting of a network. Signed-in professionals see it on the network's page and in their own "
                    "calendars; a whole season of them is entered at once from the list."
                ),
            },
        ),
        (
            _("Where"),
            {
                "fields": ["place", "remote_link"],
                "description": _("A place, a remote link or both."),
            },
        ),
        (_("For those who come"), {"fields": ["note"]}),
        (
            _("If it is off, or was moved"),
            {
                "fields": ["is_cancelled", "reason"],
                "description": _(
                    "Cancel rather than delete: who was coming then sees that it is off, and why, also in a calendar."
                ),
            },
        ),
    ]
    inlines = [MaterialInline]
    autocomplete_fields = ["local_network", "place"]
    list_display = ["what", "network", "day", "hours", "coming", "act"]
    list_filter = ["local_network__centre", WhenFilter, "kind", "is_public", "is_cancelled"]
    list_select_related = ["local_network__network", "local_network__centre"]
    search_fields = [
        *("local_network__network__search_fi", "local_network__network__search_sv", "local_network__slug"),
        *("topic_fi", "topic_sv", "topic_en"),
    ]

    def get_queryset(self, request):
        """With how many are coming to each, counted in the same query."""
        said = Attendance.objects.filter(
            meeting=OuterRef("pk"), answer=Attendance.Answer.COMING, professional__active=True
        )
        number = said.order_by().values("meeting").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(number_coming=Coalesce(Subquery(number), 0))

    # The list

    @admin.display(description=_("topic"), ordering="topic_fi")
    def what(self, row):
        return capfirst(row.title)

    @admin.display(description=_("network"), ordering="local_network__network__sort_fi")
    def network(self, row):
        return row.local_network.title

    @admin.display(description=_("time"))
    def hours(self, row):
        return hours(row)

    @admin.display(description=_("are coming"), ordering="number_coming")
    def coming(self, row):
        return row.number_coming

    @admin.display(description=_("cancelled"), ordering="is_cancelled")
    def act(self, row):
        """The way to cancel it; of one that is off, that it is, and the way back."""
        words = _("It takes place after all") if row.is_cancelled else pgettext("a date", "Cancel")
        about = format_html('<span class="visually-hidden">: {}</span>', row)
        said = format_html("{}. ", _("Cancelled")) if row.is_cancelled else ""
        return format_html('{}<a href="{}">{}{}</a>', said, self.page("cancel", row.pk), words, about)

    # The form

    def word_before(self, request, obj):
        """How many are coming."""
        if obj is None:
            return ""
        words = ngettext(
            "%(n)s person has said that they are coming.",
            "%(n)s people have said that they are coming.",
            obj.number_coming,
        )
        return (
            words % {"n": obj.number_coming}
            if obj.number_coming
            else _("Nobody has said yet that they are coming.")
        )

    def pages_to_preview(self, request, row):
        """None: whoever had the link would read what is for insiders alone."""
        return []

    def _has_pages(self):
        return False

    def is_shown(self, row, today):
        """A meeting is seen where its network is."""
        return is_shown(row.local_network, today)

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj and self.is_shown(obj, timezone.localdate()) else None

    def tell_what_families_see(self, request, obj):
        """Says who sees it, and where."""
        row = self.get_queryset(request).filter(pk=obj.pk).first()
        if row is None or IS_POPUP_VAR in request.POST:
            return
        url = self.get_view_on_site_url(row)
        if url is None:
            self.message_user(
                request, _("Nobody sees it now: its network is not on the site."), messages.WARNING
            )
            return
        seen = _("Everybody sees it.") if row.is_public else _("Signed-in professionals see it.")
        link = format_html('{} <a href="{}">{}</a>', seen, url, _("Look at the page"))
        self.message_user(request, link, messages.INFO)

    def choice_label(self, row):
        return f"{row.local_network.title}: {row.title}, {date_format(row.day, 'SHORT_DATE_FORMAT')}"
