"""Migrations go back and forth over rows that are there: what an older version cannot say is said as near as it can."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from centres.models import FamilyCentre, Theme
from services.models import Offering, Service
from tests.factories import (
    FamilyCentreFactory,
    MembershipFactory,
    OfferingFactory,
    ServiceFactory,
    ThemeFactory,
    UserFactory,
)

Target = tuple[str, str]

# Before breaks, versions in part, and a desk that is open by rights.
EARLIER = [
    ("centres", "0010_first_words_of_addresses"),
    ("services", "0006_proposals"),
    ("accounts", "0002_cache_table"),
]
# Before breaks were at most a year.
BEFORE_THE_RULE = [("centres", "0013_ages_in_words"), ("services", "0009_ages_in_words")]
BREAKS = {
    "over": {"published_until": date(2026, 5, 31), "published_from": date(2026, 8, 1)},
    "now": {"published_until": date(2026, 10, 31), "published_from": date(2026, 12, 1)},
    "coming": {"published_until": date(2026, 11, 30), "published_from": date(2026, 12, 31)},
}

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(targets: list[Target]) -> Any:
    """Takes the database to `targets`, and gives the models as they were there."""
    return MigrationExecutor(connection).migrate(targets).apps


def latest() -> list[Target]:
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


@pytest.fixture(autouse=True)
def _the_database_is_as_it_was() -> Iterator[None]:
    yield
    migrate(latest())


def days(model: Any) -> dict[str, tuple[date | None, date | None]]:
    rows = model.objects.filter(slug__in=[*BREAKS, "long"]).order_by("slug")
    return {row.slug: (row.published_from, row.published_until) for row in rows}


def made_from_of(model: Any) -> list[str]:
    """What is known of where the Swedish texts come from, row by row."""
    return list(model.objects.order_by("pk").values_list("made_from_sv", flat=True))


def state(model: Any, row: Any) -> str:
    return model.objects.get(pk=row.pk).state_sv


def make_breaks() -> None:
    for slug, shown in BREAKS.items():
        for factory in (ThemeFactory, ServiceFactory, OfferingFactory):
            factory(slug=slug, **shown)


def make_staff() -> set[int]:
    """The keys of users to whom the desk is open; others come along."""
    MembershipFactory(role="professional")
    keeper, administrator, other = (
        MembershipFactory(role="coordinator").user,
        UserFactory(is_superuser=True),
        UserFactory(),
    )
    other.user_permissions.add(Permission.objects.get(codename="add_topic"))
    return {keeper.pk, administrator.pk, other.pk}


def test_rows_go_back_and_forth():
    make_breaks()
    staff = make_staff()
    finnish = {"name_fi": "Neuvola", "summary_fi": "Auttaa.", "description_fi": "<p>Tule &amp; puhu.</p>"}
    service = ServiceFactory(**finnish, name_sv="Rådgivning", summary_sv="Hjälper.")
    whole = ServiceFactory(
        **finnish, name_sv="Klubb", summary_sv="Vi.", description_sv="<p>Kom &amp; tala.</p>"
    )
    older = ServiceFactory(name_fi="Kerho", summary_fi="Yhdessä.", name_sv="Klubb", summary_sv="Vi.")
    centre = FamilyCentreFactory(
        intro_fi="Apua.", for_families_fi="Tervetuloa.", name_sv="Centralen", intro_sv="Hjälp."
    )
    made_from = made_from_of(Service), made_from_of(FamilyCentre)
    assert [row.state_sv for row in (service, centre, whole)] == ["partly", "partly", "whole"]

    earlier = migrate(EARLIER)

    # Families see today what they saw.
    ended = {
        "over": (date(2026, 8, 1), None),
        "now": (date(2026, 12, 1), None),
        "coming": (None, date(2026, 11, 30)),
    }
    for model in (("centres", "Theme"), ("services", "Service"), ("services", "Offering")):
        assert days(earlier.get_model(*model)) == ended
    assert state(earlier.get_model("services", "Service"), service) == "whole"
    assert state(earlier.get_model("centres", "FamilyCentre"), centre) == "whole"
    # Somebody works with the earlier version meanwhile.
    services = earlier.get_model("services", "Service").objects
    services.filter(pk=older.pk).update(summary_fi="Leikitään.")
    users = earlier.get_model("accounts", "User").objects
    assert set(users.filter(is_staff=True).values_list("pk", flat=True)) == staff

    migrate(latest())

    assert [days(model) for model in (Theme, Service, Offering)] == [ended] * 3
    assert (made_from_of(Service), made_from_of(FamilyCentre)) == made_from
    assert [state(type(row), row) for row in (service, centre, whole, older)] == [
        "partly",
        "partly",
        "whole",
        "older",
    ]


def test_a_break_that_is_too_long_ends_after_a_year():
    ThemeFactory(slug="long")
    OfferingFactory(slug="long", service__slug="long")
    before = migrate(BEFORE_THE_RULE)
    for model in (("centres", "Theme"), ("services", "Service"), ("services", "Offering")):
        rows = before.get_model(*model).objects.filter(slug="long")
        rows.update(published_until=date(2026, 5, 31), published_from=date(2036, 8, 1))

    migrate(latest())

    shortened = {"long": (date(2027, 6, 1), date(2026, 5, 31))}
    assert [days(model) for model in (Theme, Service, Offering)] == [shortened] * 3
