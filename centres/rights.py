"""Who may do what with which rows: it follows from memberships, row by row (DESIGN 6).

Each model that centres keep names, in `kept_by`, the ways from a row to the centre that keeps it, as lookups:
``("offering__centre", "service__home")``. A row that leads to no centre is shared. On models without `kept_by` (the
vocabulary, areas, users) Django's permissions alone decide, and memberships give none but to read. A model whose rows
other centres show, too, names in `shown_in` the relation that holds these: they may read such a row.

A coordinator changes what their centres keep, and reads what is shared. An area coordinator also changes what is
shared, as long as the installation has one area: with several, what all of them share is the administrators'.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from centres.models import Area, FamilyCentre, Membership


@dataclass(frozen=True)
class Rights:
    """What a user may change: `everything`; else what any of `centres` (keys) keeps, and what is `shared`.

    `areas` are the keys of those that the user keeps as a whole.
    """

    everything: bool = False
    centres: frozenset[int] = frozenset()
    areas: frozenset[int] = frozenset()
    shared: bool = False

    @property
    def keeps_something(self):
        return self.everything or bool(self.centres or self.areas)


def rights_of(user):
    """The `Rights` of `user`: two queries at most, asked once in a request."""
    if not hasattr(user, "rights"):
        user.rights = _rights_of(user)
    return user.rights


def _rights_of(user):
    if not user.is_active:
        return Rights()
    if user.is_superuser:
        return Rights(everything=True)
    kept = Membership.objects.keeping().filter(user=user).order_by("pk")
    rows = list(kept.values_list("centre", "area", "area__centres"))
    centres = {pk for centre, _area, of_area in rows for pk in (centre, of_area)} - {None}
    areas = {area for _centre, area, _of_area in rows} - {None}
    return Rights(
        centres=frozenset(centres),
        areas=frozenset(areas),
        shared=bool(areas) and Area.objects.count() == 1,
    )


def is_let_in(user, centre, today):
    """Whether `user` may see the people and meetings of `centre` on the date `today` (DESIGN 6): one query.

    Administrators, whoever keeps the centre or its area, and its professionals, as long as their access lasts.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or Membership.objects.letting_in(centre, today).filter(user=user).exists()


def written_to_as_keepers(centre):
    """The e-mail addresses that a letter to whoever keeps `centre` goes to, in order.

    The one that the centre tells everybody; else those of its coordinators; else those of its area's.
    """
    if centre.coordinator_email:
        return [centre.coordinator_email]
    of_centre = Membership.objects.filter(role=Membership.Role.COORDINATOR, centre=centre)
    return _addresses(of_centre) or keepers_of_area(centre.area_id)


def keepers_of_area(area):
    """The e-mail addresses of whoever keeps the area with the key `area`, in order."""
    return _addresses(Membership.objects.filter(role=Membership.Role.AREA_COORDINATOR, area=area))


def _addresses(memberships):
    active = memberships.filter(user__is_active=True)
    return list(active.order_by("user__email").values_list("user__email", flat=True))


def changeable(rights, model):
    """The condition that a row of `model` may be changed by whoever has `rights`."""
    paths = kept_by(model)
    if rights.everything or not paths:
        return Q()
    own = reduce(or_, (Q(**{f"{path}__in": rights.centres}) for path in paths))
    return own | is_shared(model) if rights.shared else own


def visible(rights, model):
    """The condition that a row of `model` may be read by whoever has `rights`."""
    if rights.everything or not kept_by(model):
        return Q()
    condition = changeable(rights, model) | is_shared(model)
    relation = getattr(model, "shown_in", "")
    if not relation:
        return condition
    shown = model._default_manager.filter(**{f"{relation}__in": rights.centres})
    return condition | Q(pk__in=shown.order_by().values("pk"))


def is_shared(model):
    """The condition that no centre keeps a row of `model`."""
    return Q(**{f"{path}__isnull": True for path in kept_by(model)})


def may_change(rights, row):
    """Whether whoever has `rights` may change `row`, as `changeable` says it."""
    paths = kept_by(type(row))
    if rights.everything or not paths:
        return True
    centres = {_follow(row, path) for path in paths} - {None}
    return bool(centres & rights.centres) if centres else rights.shared


def may_see(rights, row):
    """Whether whoever has `rights` may read `row`, as `visible` says it."""
    if may_change(rights, row) or all(_follow(row, path) is None for path in kept_by(type(row))):
        return True
    relation = getattr(row, "shown_in", "")
    return bool(relation) and getattr(row, relation).filter(pk__in=rights.centres).exists()


def let_in_to(user, today):
    """The centres whose people and meetings `user` may see on the date `today`, as `is_let_in` says it of each."""
    if not user.is_active:
        return FamilyCentre.objects.none()
    rights = rights_of(user)
    if rights.everything:
        return FamilyCentre.objects.all()
    reading = Membership.objects.reading(today).filter(user=user)
    return FamilyCentre.objects.filter(Q(pk__in=rights.centres) | Q(pk__in=reading.values("centre")))


def kept_by(model):
    """The ways from a row of `model` to the centre that keeps it; none when no centre does."""
    return getattr(model, "kept_by", ())


def keeper_fields(model):
    """The fields of `model` that say who keeps a row: the first steps of `kept_by`."""
    return [path.split("__", 1)[0] for path in kept_by(model)]


def _follow(row, path):
    """The key of the centre at the end of `path`; None where the way ends before, be it that a row on it is deleted."""
    *steps, last = path.split("__")
    for step in steps:
        try:
            row = getattr(row, step)
        except ObjectDoesNotExist:
            return None
        if row is None:
            return None
    return row.pk if last == "pk" else getattr(row, f"{last}_id")
