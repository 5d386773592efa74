"""The demo content: the handbooks' two centres and a fictional one, for a database that is still empty."""

from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.models import User
from centres.folding import FoldedTextField, SortKeyField
from centres.models import FamilyCentre, Membership, Organisation, Place, Theme, Topic
from centres.richtext import RichTextField
from services.models import Offering, OpeningSpan, Service, SpecialHours

# The fixtures' seasons are those of the school year that began in this year.
SCHOOL_YEAR_OF_FIXTURES = 2026
DATED = {
    OpeningSpan: ("valid_from", "valid_until"),
    SpecialHours: ("first_day", "last_day"),
    Theme: ("published_from", "published_until"),
    Service: ("published_from", "published_until"),
    Offering: ("published_from", "published_until"),
}
SHARED = ("vocabulary", "shared")
# What a coordinator may not do: deleting what is shared would take every centre's along.
NOT_THEIRS = (
    *("add_familycentre", "add_area", "add_task", "change_area", "change_task"),
    *(f"{action}_{word}" for action in ("add", "change") for word in ("topic", "way", "spokenlanguage")),
    *(
        f"delete_{name}"
        for name in (
            "familycentre",
            "area",
            "service",
            "organisation",
            "topic",
            "way",
            "spokenlanguage",
            "task",
        )
    ),
)
DERIVED = (RichTextField, FoldedTextField, SortKeyField)
CENTRES = ("rovaniemi", "posio", "esimerkkila")


def is_empty():
    """Whether the database holds nothing that demo content could overwrite."""
    return not any(model.objects.exists() for model in (FamilyCentre, Organisation, Place, Service, Topic))


@transaction.atomic
def load(today, centres=CENTRES):
    """Loads what all share, and then each of `centres` (names of fixtures), as if it were written for `today`."""
    call_command("loaddata", *SHARED, *centres, verbosity=0)
    move_seasons(school_year(today) - SCHOOL_YEAR_OF_FIXTURES)
    derive_columns()


def school_year(day):
    """The year in which the school year of `day` began: in August."""
    return day.year if day.month >= 8 else day.year - 1


def move_seasons(years):
    """Moves every date of the fixtures by whole years, or their seasons would all be over one day."""
    for model, fields in DATED.items():
        rows = list(model._default_manager.order_by("pk"))
        for row in rows:
            for field in fields:
                if moment := getattr(row, field):
                    setattr(row, field, moment + relativedelta(years=years))
        model._default_manager.bulk_update(rows, fields, batch_size=100)


def derive_columns():
    """Fills every derived column: fixtures go past `pre_save`, which makes them as a row is saved."""
    for model in apps.get_models():
        derived = [field for field in model._meta.concrete_fields if isinstance(field, DERIVED)]
        rows = list(model._default_manager.order_by("pk")) if derived else []
        for row in rows:
            for field in derived:
                field.pre_save(row, add=False)
        if rows:
            model._default_manager.bulk_update(rows, [field.name for field in derived], batch_size=50)


def make_coordinators():
    """A coordinator for each centre that has none; yields (centre, e-mail address, random password).

    The addresses end in a reserved name (RFC 2606): no mail to them reaches anybody.
    """
    content = Permission.objects.filter(content_type__app_label__in=("centres", "services"))
    for centre in FamilyCentre.objects.exclude(memberships__role=Membership.Role.COORDINATOR):
        email, password = f"koordinaattori.{centre.slug}@example.com", get_random_string(16)
        user = User.objects.create_user(email, password, is_staff=True)
        user.user_permissions.set(
            content.exclude(content_type__model="membership").exclude(codename__in=NOT_THEIRS)
        )
        Membership.objects.create(user=user, centre=centre, role=Membership.Role.COORDINATOR)
        yield centre, email, password
