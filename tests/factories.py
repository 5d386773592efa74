"""Rows for tests: published, in Finnish, nothing random, and no more related rows than a model asks for.

Names and slugs are numbered, so that two rows never clash; a test that looks at one says which it wants.
"""

from datetime import date, time
from typing import Any

import factory
from django.db.models import Model
from factory.django import DjangoModelFactory

from accounts.models import User
from centres.models import (
    AgeGroup,
    Area,
    FamilyCentre,
    Level,
    LevelName,
    LocalTask,
    Membership,
    Organisation,
    Place,
    Sector,
    SpokenLanguage,
    Task,
    Theme,
    Topic,
    Way,
)
from centres.publishing import Status
from services.models import (
    Contact,
    Offering,
    OpeningSpan,
    Provision,
    Service,
    ServicePoint,
    SpecialHours,
    Weekday,
)

PASSWORD = "kolme sanaa ja kissa"


def numbered(text: str) -> Any:
    """`text` with a number in it that only this row has; padded, so that the names sort in the order of making."""
    return factory.Sequence(lambda number: text.format(f"{number:04d}"))


def many(relation: str) -> Any:
    """Sets the rows on the other side of `relation`: ``ServiceFactory(topics=[violence])``."""

    @factory.post_generation
    def set_them(row: Any, create: bool, rows: Any, **kwargs: Any) -> None:
        if rows:
            getattr(row, relation).set(rows)

    return set_them


class UserFactory(DjangoModelFactory[User]):
    """Somebody who signs in with PASSWORD."""

    email = factory.Sequence(lambda number: f"kayttaja{number}@esimerkki.example")

    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return User.objects.create_user(**{"password": PASSWORD, **kwargs})


class AreaFactory(DjangoModelFactory[Area]):
    slug = numbered("alue-{}")
    name_fi = numbered("Palvelualue {}")

    class Meta:
        model = Area


class FamilyCentreFactory(DjangoModelFactory[FamilyCentre]):
    """A centre that publishes in every language of the portal."""

    area = factory.SubFactory(AreaFactory)
    slug = numbered("keskus-{}")
    name_fi = numbered("Perhekeskus {}")
    municipality_fi = numbered("Kunta {}")
    municipality_code = factory.Sequence(lambda number: f"{number % 1000:03d}")
    languages = factory.LazyFunction(lambda: ["fi", "fi-simple", "sv", "en", "se"])
    status = Status.PUBLISHED

    class Meta:
        model = FamilyCentre


class LevelNameFactory(DjangoModelFactory[LevelName]):
    centre = factory.SubFactory(FamilyCentreFactory)
    level = Level.LEISURE
    name_fi = "Vapaa-ajan palvelut"

    class Meta:
        model = LevelName


class TopicFactory(DjangoModelFactory[Topic]):
    slug = numbered("aihe-{}")
    name_fi = numbered("Aihe {}")

    class Meta:
        model = Topic


class WayFactory(DjangoModelFactory[Way]):
    slug = numbered("tapa-{}")
    name_fi = numbered("Tapa {}")

    class Meta:
        model = Way


class SpokenLanguageFactory(DjangoModelFactory[SpokenLanguage]):
    slug = numbered("kieli-{}")
    name_fi = numbered("Kieli {}")

    class Meta:
        model = SpokenLanguage


class AgeGroupFactory(DjangoModelFactory[AgeGroup]):
    """A group for any age, until the test gives `from_month` or `to_month`."""

    centre = factory.SubFactory(FamilyCentreFactory)
    slug = numbered("ryhma-{}")
    name_fi = numbered("Ikäryhmä {}")

    class Meta:
        model = AgeGroup


class ThemeFactory(DjangoModelFactory[Theme]):
    """A theme without topics or ways, which does not narrow anything."""

    centre = factory.SubFactory(FamilyCentreFactory)
    slug = numbered("teema-{}")
    name_fi = numbered("Teema {}")
    status = Status.PUBLISHED
    topics = many("topics")
    ways = many("ways")

    class Meta:
        model = Theme
        skip_postgeneration_save = True


class OrganisationFactory(DjangoModelFactory[Organisation]):
    slug = numbered("toimija-{}")
    name_fi = numbered("Toimija {}")
    kind = Organisation.Kind.ASSOCIATION
    sector = Sector.THIRD

    class Meta:
        model = Organisation


class PlaceFactory(DjangoModelFactory[Place]):
    slug = numbered("paikka-{}")
    name_fi = numbered("Paikka {}")

    class Meta:
        model = Place


class TaskFactory(DjangoModelFactory[Task]):
    """One of the seven; the eighth that a test asks for has the first one's number again."""

    number = factory.Sequence(lambda number: number % 7 + 1)
    name_fi = numbered("Tehtävä {}")

    class Meta:
        model = Task


class LocalTaskFactory(DjangoModelFactory[LocalTask]):
    centre = factory.SubFactory(FamilyCentreFactory)
    task = factory.SubFactory(TaskFactory)
    how_fi = "Näin teemme sen täällä."

    class Meta:
        model = LocalTask


class MembershipFactory(DjangoModelFactory[Membership]):
    """A coordinator of one centre."""

    user = factory.SubFactory(UserFactory)
    centre = factory.SubFactory(FamilyCentreFactory)
    role = Membership.Role.COORDINATOR

    class Meta:
        model = Membership


class ServiceFactory(DjangoModelFactory[Service]):
    """A shared service for any age, without tags."""

    slug = numbered("palvelu-{}")
    name_fi = numbered("Palvelu {}")
    summary_fi = "Apua perheen arkeen."
    level = Level.EVERYDAY
    sector = Sector.SOCIAL
    status = Status.PUBLISHED
    topics = many("topics")
    ways = many("ways")
    languages = many("languages")

    class Meta:
        model = Service
        skip_postgeneration_save = True


class OfferingFactory(DjangoModelFactory[Offering]):
    """A service in a centre, under the service's own name."""

    centre = factory.SubFactory(FamilyCentreFactory)
    service = factory.SubFactory(ServiceFactory)
    slug = numbered("palvelu-{}")
    status = Status.PUBLISHED

    class Meta:
        model = Offering


class ProvisionFactory(DjangoModelFactory[Provision]):
    """An organisation that answers for a service everywhere; for one offering when the test gives it."""

    offering = None
    service = factory.Maybe(
        "offering", yes_declaration=None, no_declaration=factory.SubFactory(ServiceFactory)
    )
    organisation = factory.SubFactory(OrganisationFactory)
    role = Provision.Role.RESPONSIBLE

    class Meta:
        model = Provision


class ContactFactory(DjangoModelFactory[Contact]):
    """A web page of a service everywhere; of one offering when the test gives it."""

    offering = None
    service = factory.Maybe(
        "offering", yes_declaration=None, no_declaration=factory.SubFactory(ServiceFactory)
    )
    kind = Contact.Kind.WEB
    value = "https://esimerkki.example/"

    class Meta:
        model = Contact


class ServicePointFactory(DjangoModelFactory[ServicePoint]):
    """A door without opening hours."""

    offering = factory.SubFactory(OfferingFactory)
    place = factory.SubFactory(PlaceFactory)

    class Meta:
        model = ServicePoint


class OpeningSpanFactory(DjangoModelFactory[OpeningSpan]):
    """Mondays from 8 to 16."""

    point = factory.SubFactory(ServicePointFactory)
    weekday = Weekday.MONDAY
    opens = time(8)
    closes = time(16)

    class Meta:
        model = OpeningSpan


class SpecialHoursFactory(DjangoModelFactory[SpecialHours]):
    """Closed on Christmas Eve."""

    point = factory.SubFactory(ServicePointFactory)
    first_day = date(2026, 12, 24)
    last_day = date(2026, 12, 24)

    class Meta:
        model = SpecialHours


# Every factory by its model, for tests that ask the same of every model.
FACTORIES: dict[type[Model], type[DjangoModelFactory[Any]]] = {
    factory_class._meta.model: factory_class
    for factory_class in (
        UserFactory,
        AreaFactory,
        FamilyCentreFactory,
        LevelNameFactory,
        TopicFactory,
        WayFactory,
        SpokenLanguageFactory,
        AgeGroupFactory,
        ThemeFactory,
        OrganisationFactory,
        PlaceFactory,
        TaskFactory,
        LocalTaskFactory,
        MembershipFactory,
        ServiceFactory,
        OfferingFactory,
        ProvisionFactory,
        ContactFactory,
        ServicePointFactory,
        OpeningSpanFactory,
        SpecialHoursFactory,
    )
}
