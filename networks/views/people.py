"""People, for whoever is let in."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import form_again
from networks.access import for_insiders
from networks.directory import DirectoryFilter
from networks.models import LocalNetwork
from networks.openings import KEPT, write_down
from networks.people import people_of, with_stand_ins
from networks.vcard import as_code, as_file, vcard
from services.pages import page_of

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def directory(request):
    """All of them, narrowed. What is posted goes on as an address that holds the words only sealed (ADR 11)."""
    centre, today = request.centre, timezone.localdate()
    if request.method == "POST":
        form = DirectoryFilter(request.POST, centre, today)
        if form.is_valid():
            return HttpResponseRedirect(f"{request.path}{form.sealed_query}")
        return form_again(_list(request, form))
    return _list(request, DirectoryFilter.from_address(request.GET, centre, today))


def _list(request, form):
    people = form.narrow(people_of(request.centre, timezone.localdate()))
    page, page_is_wrong = page_of(people, people.count(), PAGE_SIZE, request.GET.get("page"))
    context = {"form": form, "page": page, "page_is_wrong": page_is_wrong}
    return render(request, "networks/directory.html", context)


@require_safe
@for_insiders
def card(request, uuid):
    """One person, and how to reach them: that somebody looked is written down."""
    today = timezone.localdate()
    person = get_object_or_404(people_of(request.centre, today), uuid=uuid)
    write_down(request.user, with_stand_ins([person]), today)
    rows = LocalNetwork.objects.public(today).in_centre(request.centre).filter(seats__person=person)
    context = {
        "person": person,
        "topics": person.topics.all(),
        "languages": person.languages.all(),
        "networks": rows.for_list(get_language()).order_by("order", "slug"),
        "code": as_code(vcard(person)),
        "is_own": person.user_id == request.user.pk,
        "kept_days": KEPT.days,
    }
    return render(request, "networks/card.html", context)


@require_safe
@for_insiders
def card_file(request, uuid):
    """The card of one person as a file for a phone or a mail program."""
    today = timezone.localdate()
    person = get_object_or_404(people_of(request.centre, today), uuid=uuid)
    write_down(request.user, [person], today)
    response = HttpResponse(as_file(vcard(person)), content_type="text/vcard; charset=utf-8")
    # Nobody's name in a list of downloads.
    response.headers["Content-Disposition"] = 'attachment; filename="card.vcf"'
    return response
