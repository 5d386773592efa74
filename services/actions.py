"""Writes over several rows of services: when a service point is open, and copies."""

from django.db import transaction

from centres.actions import address_copy
from centres.copying import SLUG_MARK, UNSEEN, clone, free_slug, marked_names, names_of_copy, slug_after
from centres.publishing import Status
from services.models import Offering, OpeningSpan, Service, SpecialHours
from services.opening import UNSEASONAL


@transaction.atomic
def set_week(*, point, spans):
    """Makes `spans` (calendars.opening.Span) the weekly hours of `point`; seasons stay as they are."""
    wanted = [(span.weekday, span.opens, span.closes) for span in spans]
    for row in point.spans.filter(**UNSEASONAL):
        hours = (row.weekday, row.opens, row.closes)
        if hours in wanted:
            wanted.remove(hours)
        else:
            row.delete()
    for weekday, opens, closes in wanted:
        OpeningSpan.objects.create(point=point, weekday=weekday, opens=opens, closes=closes)


@transaction.atomic
def set_coming_days(*, point, days, today):
    """Makes `days` (calendars.opening.SpecialDay) the exceptions of `point` from `today` on; past ones stay.

    A row whose days or hours were only moved keeps its reason in other languages.
    """
    rows = list(point.special_hours.filter(last_day__gte=today))
    wanted = [entry for day in days for entry in _entries(day)]
    for alike in (_same_time, _same_reason, _same_days):
        for entry in list(wanted):
            row = next((row for row in rows if alike(row, entry)), None)
            if row is not None:
                rows.remove(row)
                wanted.remove(entry)
                _fill(row, entry)
    for row in rows:
        row.delete()
    for entry in wanted:
        _fill(SpecialHours(point=point), entry)


def _entries(day):
    """The rows that tell `day`: one for each time the door opens, one alone where it is closed."""
    times = [(interval.opens, interval.closes) for interval in day.intervals] or [(None, None)]
    return [
        {
            "first_day": day.first_day,
            "last_day": day.last_day,
            "opens": opens,
            "closes": closes,
            "reason_fi": day.reason,
        }
        for opens, closes in times
    ]


def _same_time(row, entry):
    return all(getattr(row, name) == entry[name] for name in ("first_day", "last_day", "opens", "closes"))


def _same_reason(row, entry):
    return bool(entry["reason_fi"]) and (row.reason_fi or "") == entry["reason_fi"]


def _same_days(row, entry):
    return (row.first_day, row.last_day) == (entry["first_day"], entry["last_day"])


def _fill(row, entry):
    changed = [name for name, value in entry.items() if (getattr(row, name) or None) != (value or None)]
    for name in changed:
        setattr(row, name, entry[name])
    if changed:
        row.save()


@transaction.atomic
def publish_own_service(*, offering):
    """Publishes the service of `offering` too, if it is a draft of its own that has a name of its own."""
    service = Service.objects.get(pk=offering.service_id)
    if is_own_draft(service, offering) and not marked_names(service):
        service.status = Status.PUBLISHED
        service.save()


def is_own_draft(service, offering):
    """Whether `service`, that of `offering`, is a draft that the offering's centre keeps for itself."""
    return service.status == Status.DRAFT and service.home_id == offering.centre_id


@transaction.atomic
def copy_service(*, service, offerings, home):
    """A draft like `service`, in every language, that nobody has checked yet and that the centre `home` keeps.

    It has its own copies of the contacts and providers, and of `offerings` with theirs and with their doors and hours.
    """
    slug = free_slug(service.slug, Service.objects.all())
    # Its place among the help lines is not for two.
    own = {"slug": slug, "home": home, "urgent_order": None}
    copy = clone(service, **own, **names_of_copy(service), **UNSEEN)
    _copy_contacts_and_providers(service, service=copy)
    for offering in offerings:
        _copy_offering(offering, copy)
    return copy


@transaction.atomic
def address_copied_service(*, service):
    """Gives `service` and its offerings, if they are copies that have got names of their own, addresses after these."""
    if marked_names(service):
        return
    others = Service.objects.exclude(pk=service.pk)
    address_copy(row=service, slug=slug_after(service.name_fi), others=others)
    for offering in service.offerings.filter(slug__contains=SLUG_MARK).order_by("pk"):
        if not marked_names(offering):
            slug = slug_after(offering.name_fi) if offering.name_fi else service.slug
            beside = Offering.objects.filter(centre=offering.centre_id).exclude(pk=offering.pk)
            address_copy(row=offering, slug=slug, others=beside)


def _copy_offering(offering, service):
    others = Offering.objects.filter(centre=offering.centre)
    slug = service.slug if not others.filter(slug=service.slug).exists() else free_slug(service.slug, others)
    copy = clone(offering, service=service, slug=slug, **names_of_copy(offering), **UNSEEN)
    _copy_contacts_and_providers(offering, offering=copy)
    for point in _by_key(offering.points):
        door = clone(point, offering=copy)
        for row in [*_by_key(point.spans), *_by_key(point.special_hours)]:
            clone(row, point=door)


def _copy_contacts_and_providers(row, **owner):
    for each in [*_by_key(row.contacts), *_by_key(row.provisions)]:
        clone(each, **owner)


def _by_key(rows):
    """`rows` of a relation, which may have been fetched already, as they came in."""
    return sorted(rows.all(), key=lambda row: row.pk)
