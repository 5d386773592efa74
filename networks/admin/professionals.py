"""The desk's page of a professional's card."""

from django.contrib import admin, messages
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centres.admin.base import DeskAdmin
from centres.models import FamilyCentre, Membership
from centres.rights import rights_of
from networks.leaving import end_access
from networks.models import Professional
from networks.needs import ACCESS_ENDS, UNCONFIRMED
from networks.openings import write_down

# So many are named when they are let in for longer; the rest are counted.
MOST_NAMED = 5


@admin.register(Professional)
class ProfessionalAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": [("given_name", "family_name"), "title", "organisation", "home", "also_in"],
                "description": _(
                    "Only professionals who have been let in see it; families never do. Whoever signs in keeps their "
                    "own card: write here what they cannot."
                ),
            },
        ),
        (_("How to reach"), {"fields": ["phone", "email", "hours", "stand_in"]}),
        (
            _("What one can ask"),
            {"fields": ["about", "topics", ("from_month", "to_month"), "languages"]},
        ),
        (
            _("Upkeep"),
            {
                "fields": ["active", "confirmed_on", "user"],
                "description": _(
                    "Take away the tick of somebody who has left: their access ends, and their seats are open. "
                    "Deleting is for cards that were a mistake."
                ),
            },
        ),
    ]
    needs = [ACCESS_ENDS, UNCONFIRMED]
    autocomplete_fields = ["organisation", "stand_in", "user"]
    list_display = ["__str__", "title", "organisation", "home", "active", "confirmed_on", "let_in_until"]
    list_filter = ["active", "home", "organisation__kind"]
    list_select_related = ["organisation", "home"]
    search_fields = ["search_fi"]
    searches_folded = True
    # Who signs in as somebody is nothing to go back on.
    never_taken_back = ["user"]
    actions = ["let_in_for_another_year", "take_out"]

    def get_queryset(self, request):
        """With the last day on which each is let in to the centre that keeps the card."""
        lets_in = Membership.objects.filter(
            user=OuterRef("user"), centre=OuterRef("home"), role=Membership.Role.PROFESSIONAL
        )
        until = lets_in.order_by("pk").values("ends_on")[:1]
        return super().get_queryset(request).annotate(until=Subquery(until))

    @admin.display(description=_("access until"), ordering="until")
    def let_in_until(self, row):
        return date_format(row.until, "SHORT_DATE_FORMAT") if row.until else None

    def save_model(self, request, obj, form, change):
        """Whoever works here no more is let in no more."""
        super().save_model(request, obj, form, change)
        if change and "active" in form.changed_data and not obj.active:
            end_access(card=obj, by=request.user)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """It puts nobody into the directory of a centre that others keep, and leaves there whoever stands in one."""
        form = super().get_form(request, obj, change=change, **kwargs)
        rights, field = rights_of(request.user), form.base_fields.get("also_in")
        if field and not rights.everything:
            stands_in = obj.also_in.order_by().values("pk") if obj else []
            field.queryset = FamilyCentre.objects.filter(Q(pk__in=rights.centres) | Q(pk__in=stands_in))
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Whoever the card is of can see who has looked at it, at the desk as elsewhere."""
        if obj:
            write_down(request.user, [obj], timezone.localdate())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_actions(self, request):
        """Whoever keeps everything takes the tick away on the card."""
        actions = super().get_actions(request)
        if rights_of(request.user).everything:
            actions.pop("take_out", None)
        return actions

    @admin.action(description=_("Let in for another year"), permissions=["change"])
    def let_in_for_another_year(self, request, queryset):
        """A year from today in the centre that keeps the card, for those whose access ends by itself."""
        cards = self.changeable(request).filter(pk__in=queryset.order_by().values("pk"))
        of_cards = Membership.objects.filter(
            role=Membership.Role.PROFESSIONAL,
            user__in=cards.order_by().values("user"),
            centre=F("user__professional__home"),
        )
        rows = list(of_cards.exclude(ends_on=None).select_related("user__professional"))
        for row in rows:
            row.renew(timezone.localdate())
            row.save(update_fields=["ends_on"])
        if not rows:
            self.message_user(request, _("Their access does not end by itself, or they do not sign in."))
        for row in rows[:MOST_NAMED]:
            day = date_format(row.ends_on, "SHORT_DATE_FORMAT")  # type: ignore[arg-type]
            said = _("%(name)s is let in until %(day)s.") % {"name": row.user.professional, "day": day}
            self.message_user(request, said, messages.SUCCESS)
        if others := len(rows[MOST_NAMED:]):
            more = ngettext(
                "%d more is let in for another year.", "%d more are let in for another year.", others
            )
            self.message_user(request, more % others, messages.SUCCESS)

    @admin.action(description=_("Take out of our directory"), permissions=["view"])
    def take_out(self, request, queryset):
        """Those whose cards another centre keeps: there they stay."""
        ours = rights_of(request.user).centres
        cards = Professional.objects.filter(pk__in=queryset.order_by().values("pk")).exclude(home__in=ours)
        number = cards.count()
        if not number:
            words = _("You keep these cards yourselves: take away the tick of somebody who has left.")
            self.message_user(request, words, messages.INFO)
            return
        stands = Professional.also_in.through.objects.filter(familycentre__in=ours)
        stands.filter(professional__in=cards.order_by().values("pk")).delete()
        said = ngettext(
            "%(n)d person no longer stands in your directory.",
            "%(n)d people no longer stand in your directory.",
            number,
        )
        self.message_user(request, said % {"n": number}, messages.SUCCESS)

    def get_readonly_fields(self, request, obj=None):
        """A card becomes a person's by the address that they sign in with (`networks.own_card`); nobody is lent one."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "user"]

    def get_view_on_site_url(self, obj=None):
        """The card as colleagues see it."""
        return obj.get_absolute_url() if obj and obj.active else None

    def tell_what_families_see(self, request, obj):
        """Nothing, ever."""

    def pages_to_preview(self, request, row):
        """None: a preview is a link for whoever has it, and a card is for those who have been let in."""
        return []

    def _has_pages(self):
        return False
