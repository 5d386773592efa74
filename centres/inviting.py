"""Who may invite whom where: whoever keeps a centre or an area (`centres.rights`) invites to it.

An invitation holds while whoever sent it may invite there: `Invitation.objects.with_state` asks the database the same.
"""

from django.db.models import Q

from centres.models import Area, FamilyCentre, Membership
from centres.rights import changeable, rights_of


def centres_to_invite_to(user):
    """The family centres that `user` may invite people to."""
    return FamilyCentre.objects.filter(changeable(rights_of(user), FamilyCentre))


def areas_to_invite_to(user):
    """The areas that `user` may invite a coordinator to."""
    rights = rights_of(user)
    return Area.objects.all() if rights.everything else Area.objects.filter(pk__in=rights.areas)


def roles_to_invite_to(user):
    """The roles that `user` may offer somewhere, as choices of a form."""
    rights, of_area = rights_of(user), Membership.Role.AREA_COORDINATOR
    to_areas = rights.everything or bool(rights.areas)
    return [choice for choice in Membership.Role.choices if to_areas or choice[0] != of_area]


def invitations_of(user):
    """The condition that an invitation is to where `user` may invite people, whoever sent it."""
    rights = rights_of(user)
    return Q() if rights.everything else Q(centre__in=rights.centres) | Q(area__in=rights.areas)
