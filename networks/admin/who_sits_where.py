"""The desk's page of who sits where: the organisations of a centre × its networks, and what is empty."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.refusals import form_again
from centres.admin.choosing import is_key
from centres.admin.pages import Pages
from centres.models import FamilyCentre
from centres.rights import changeable, rights_of
from networks.models import LocalNetwork, Network
from networks.seating import (
    MOST_NAMED,
    MOST_NETWORKS,
    chart,
    free_seats_of_those_who_left,
    networks_in,
    seats_left_in,
    sit_nowhere,
)

ALL = [("", gettext_lazy("all"))]


class Which(forms.Form):
    """Which centre's networks, of which tier and kind."""

    centre = forms.ModelChoiceField(
        FamilyCentre.objects.none(), label=gettext_lazy("Family centre"), empty_label=None, required=False
    )
    tier = forms.ChoiceField(choices=ALL + Network.Tier.choices, label=gettext_lazy("Tier"), required=False)
    kind = forms.ChoiceField(choices=ALL + Network.Kind.choices, label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args, centres, **kwargs):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["centre"]
        field.queryset = centres
        if len(centres) == 1:
            del self.fields["centre"]


class WhoSitsWhere(Pages):
    """Networks in centres with the page of who sits where."""

    def get_urls(self):
        pages: list[tuple[str, Any, str]] = [
            ("who-sits-where/", who_sits_where, "who_sits_where"),
            ("who-sits-where/free/", free, "free_seats"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), {"pages": self}, name=self.page_name(name))
            for route, view, name in pages
        ]
        return own + super().get_urls()


def centres_of(request):
    """The centres whose networks the reader keeps, by name."""
    kept = changeable(rights_of(request.user), FamilyCentre)
    return FamilyCentre.objects.filter(kept).order_by("municipality_fi", "pk")


def who_sits_where(request, pages):
    """The chart of one centre; whoever keeps several chooses."""
    if not pages.has_view_permission(request):
        raise PermissionDenied
    centres = centres_of(request)
    form = Which(request.GET, centres=centres)
    is_right = form.is_valid()
    chosen = form.cleaned_data if is_right else {}
    centre = chosen.get("centre") or next(iter(centres), None)
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("Who sits where"),
        "form": form,
        "centre": centre,
        **(told(request, pages, centre, chosen) if centre else {"is_empty": True, "left": [], "nowhere": []}),
    }
    response = TemplateResponse(request, "admin/networks/localnetwork/who_sits_where.html", context)
    return response if is_right else form_again(response)


def told(request, pages, centre, chosen):
    """What the page tells of `centre`, of networks of the tier and kind `chosen`."""
    tier, kind = chosen.get("tier", ""), chosen.get("kind", "")
    page = Paginator(networks_in(centre, tier=tier, kind=kind), MOST_NETWORKS).get_page(request.GET.get("p"))
    networks = list(page.object_list)
    for each in networks:
        each.form_url = pages.page("change", each.pk)
    nowhere, left = (list(rows[: MOST_NAMED + 1]) for rows in (sit_nowhere(centre), seats_left_in(centre)))
    query = urlencode({"centre": centre.pk, "tier": tier, "kind": kind})
    return {
        "is_empty": not networks,
        "networks": networks,
        "rows": chart(networks),
        "page": page,
        "earlier": f"?{query}&p={page.previous_page_number()}" if page.has_previous() else "",
        "later": f"?{query}&p={page.next_page_number()}" if page.has_next() else "",
        "nowhere": [each.name for each in nowhere[:MOST_NAMED]],
        "more_nowhere": len(nowhere) > MOST_NAMED,
        "left": [(seat, pages.page("change", seat.local_network_id)) for seat in left[:MOST_NAMED]],
        "free_url": pages.page("free_seats"),
    }


@require_POST
def free(request, pages):
    """Takes the names of people who have left off the seats of one centre, and shows the chart again."""
    key = request.POST.get("centre", "")
    centre = centres_of(request).filter(pk=key).first() if is_key(key) else None
    if centre is None or not pages.has_change_permission(request):
        raise PermissionDenied
    networks = LocalNetwork.objects.in_centre(centre)
    pages.tell_freed(request, free_seats_of_those_who_left(networks, user=request.user))
    return redirect(f"{pages.page('who_sits_where')}?{urlencode({'centre': centre.pk})}")
