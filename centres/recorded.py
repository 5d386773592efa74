"""Which rows of the kernel are recorded, and what stands and falls with them."""

from django.contrib.auth import get_user_model

from centres.history.registry import record
from centres.models import (
    AgeGroup,
    Area,
    CheckInterval,
    FamilyCentre,
    Invitation,
    LevelName,
    LocalTask,
    Membership,
    Organisation,
    Place,
    SpokenLanguage,
    Task,
    Theme,
    Topic,
    Way,
)

for vocabulary in (
    Topic,
    Way,
    SpokenLanguage,
    Area,
    Task,
    CheckInterval,
    AgeGroup,
    Theme,
    Organisation,
    Place,
):
    record(vocabulary)
# A logo that was replaced is thrown away: there is no way back to it.
record(FamilyCentre, owns=["level_names", "local_tasks"], but=["logo", "logo_width", "logo_height"])
record(LevelName)
record(LocalTask, named_by=["task", "centre"])
# What a user may do, and nothing that signs them in.
record(get_user_model(), owns=["memberships"], fields=["email", "name", "is_active", "is_superuser"])
record(Membership, named_by=["user", "centre", "area"], but=["told_on"])
# Of what was sent, not what would let somebody in.
record(
    Invitation,
    named_by=["centre", "area"],
    fields=["email", "role", "centre", "area", "language", "expires_at", "accepted_at", "withdrawn_at"],
)
