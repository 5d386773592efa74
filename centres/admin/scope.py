"""Whose desk it is."""

from centres.models import FamilyCentre


def only_centre(user):
    """The family centre of a user who belongs to one; None for whoever belongs to several, to an area or to none."""
    if user.memberships.filter(centre=None).exists():
        return None
    centres = list(FamilyCentre.objects.filter(memberships__user=user).distinct()[:2])
    return centres[0] if len(centres) == 1 else None
