"""A page as families will see it, by a signed link: the page's own view and template, with a bar on top."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from centres.discretion import discreet
from centres.models import AgeGroup, FamilyCentre, Theme
from centres.previews import BadSignature, SignatureExpired, read_token
from meetingplaces.models import MeetingPlace
from meetingplaces.views import detail_page as meeting_place_page
from networks.models import LocalNetwork
from networks.views import DETAIL_ROWS
from networks.views import detail_page as network_page
from perhekeskus.views.front import front
from perhekeskus.views.windows import age_group_page, theme_page
from services.models import Offering
from services.views import detail_page


def _front_page(request, centre):
    return front(request)


# How the page of each kind of row is made, and what is fetched with the row.
_PAGES = {
    Offering: (detail_page, ["centre", "service__reviewed_by", "reviewed_by"]),
    MeetingPlace: (meeting_place_page, ["centre", "organiser", "place", "offering__service", "reviewed_by"]),
    LocalNetwork: (network_page, list(DETAIL_ROWS)),
    Theme: (theme_page, ["centre"]),
    AgeGroup: (age_group_page, ["centre"]),
    FamilyCentre: (_front_page, []),
}


@require_safe
def preview(request, token):
    """The page of the row that `token` names, draft or not; nothing else that is a draft is shown on it."""
    try:
        shown = read_token(token)
    except SignatureExpired:
        return _over(request, 410)
    except BadSignature:
        return _over(request, 404)
    if shown.model not in _PAGES:
        raise Http404("There is no page of such rows.")
    make_page, related = _PAGES[shown.model]
    row = get_object_or_404(shown.model._default_manager.select_related(*related), pk=shown.pk)
    request.centre = row if isinstance(row, FamilyCentre) else row.centre
    request.preview = shown
    # Whoever works at the desk has come to send it.
    request.preview_link = request.build_absolute_uri(request.path) if request.user.is_staff else ""
    request.preview_form = _form_of(request, row) if request.user.is_staff else ""
    return _unseen(make_page(request, row))


def _form_of(request, row):
    """The address of the desk's form of `row`, for whoever may open it; else empty."""
    if not admin.site.get_model_admin(type(row)).has_view_or_change_permission(request, row):
        return ""
    return reverse(f"{admin.site.name}:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _over(request, status):
    context = {"expired": status == 410, "centres": FamilyCentre.objects.public()}
    return _unseen(render(request, "perhekeskus/preview_over.html", context, status=status))


def _unseen(response):
    """`response`, kept in no cache, told to nobody, and found by no search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return discreet(response)
