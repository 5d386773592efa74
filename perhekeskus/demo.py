"""The demo content: the handbooks' two centres and a fictional one, for a database that is still empty."""

from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.models import User
from centres.folding import FoldedTextField, SortKeyField
from centres.models import FamilyCentre, Membership
from centres.richtext import RichTextField

SHARED = ("vocabulary", "shared")
DERIVED = (RichTextField, FoldedTextField, SortKeyField)
CENTRES = ("rovaniemi", "posio", "esimerkkila")


def is_empty():
    """Whether the database holds no family centre yet: only then does demo content overwrite nothing."""
    return not FamilyCentre.objects.exists()


@transaction.atomic
def load(centres=CENTRES):
    """Loads what all share, and then each of `centres` (names of fixtures), and derives their columns."""
    call_command("loaddata", *SHARED, *centres, verbosity=0)
    derive_columns()


def derive_columns():
    """Fills every derived column: fixtures go past `pre_save`, which makes them as a row is saved."""
    for model in apps.get_models():
        derived = [field for field in model._meta.concrete_fields if isinstance(field, DERIVED)]
        rows = list(model.objects.order_by("pk")) if derived else []
        for row in rows:
            for field in derived:
                field.pre_save(row, add=False)
        if rows:
            model.objects.bulk_update(rows, [field.name for field in derived], batch_size=50)


def make_coordinators():
    """A coordinator for each centre that has none; yields (centre, e-mail address, random password).

    The addresses end in a reserved name (RFC 2606): no mail to them reaches anybody.
    """
    content = Permission.objects.filter(content_type__app_label__in=("centres", "services"))
    for centre in FamilyCentre.objects.exclude(memberships__role=Membership.Role.COORDINATOR):
        email, password = f"koordinaattori.{centre.slug}@example.com", get_random_string(16)
        user = User.objects.create_user(email, password, is_staff=True)
        user.user_permissions.set(content.exclude(content_type__model="membership"))
        Membership.objects.create(user=user, centre=centre, role=Membership.Role.COORDINATOR)
        yield centre, email, password
