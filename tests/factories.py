"""Rows for tests: published, in Finnish, nothing random, and no more related rows than a model asks for.

Names and slugs are numbered, so that two rows never clash; a test that looks at one says which it wants.
"""

from datetime import UTC, date, datetime, time
from typing import Any

import factory
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from annual_plan.models import Continuation, Duty, DutyHolder, Outcome, Plan, PlanItem, Responsible
from centres.models import (
    AgeGroup,
    Area,
    CheckInterval,
    FamilyCentre,
    Invitation,
    Level,
    LevelName,
    LinkCheck,
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
from centres.models.invitation import VALID_FOR, digest
from centres.publishing import Status
from meetingplaces.models import Closure, Coming, MeetingPlace, Season, Session, SessionChange
from networks.models import (
    AccessRequest,
    Attendance,
    CardOpening,
    LocalNetwork,
    Material,
    Meeting,
    Network,
    NetworkLink,
    Professional,
    Seat,
)
from services.models import (
    Contact,
    Offering,
    OpeningSpan,
    Proposal,
    Provision,
    Service,
    ServicePoint,
    SpecialHours,
    Weekday,
)

PASSWORD = "kolme sanaa ja kissa"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of the authenticator app, 20 bytes in base 32


def enrol(user: User) -> User:
    """`user`, whose second factor is now an app with the key KEY."""
    TOTP.activate(user, KEY)
    return user


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


def may_come_to_the_desk(user: User) -> User:
    """`user`, with a right that lets in to the desk and shows nothing there."""
    user.user_permissions.set(Permission.objects.filter(codename="view_session"))
    return user


class UserFactory(DjangoModelFactory[User]):
    """Somebody who signs in with PASSWORD; staff have enrolled an app, whose key is KEY, as the desk asks of them.

    Without another right, `is_staff` opens the desk and nothing in it.
    """

    email = factory.Sequence(lambda number: f"kayttaja{number}@esimerkki.example")

    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        is_staff = kwargs.pop("is_staff", False)
        enrolled = kwargs.pop("enrolled", is_staff)
        user = User.objects.create_user(**{"password": PASSWORD, **kwargs})
        if is_staff and not user.is_superuser:
            may_come_to_the_desk(user)
        return enrol(user) if enrolled else user


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


class InvitationFactory(DjangoModelFactory[Invitation]):
    """To be a coordinator of one centre, sent today by an administrator; its token is its address, turned round."""

    email = factory.Sequence(lambda number: f"kutsuttu{number}@esimerkki.example")
    centre = factory.SubFactory(FamilyCentreFactory)
    digest = factory.LazyAttribute(lambda row: digest(row.email[::-1]))
    invited_by = factory.SubFactory(UserFactory, is_superuser=True)
    expires_at = factory.LazyFunction(lambda: timezone.now() + VALID_FOR)

    class Meta:
        model = Invitation


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


class ProposalFactory(DjangoModelFactory[Proposal]):
    """What a centre would have changed, not answered yet."""

    service = factory.SubFactory(ServiceFactory)
    centre = factory.SubFactory(FamilyCentreFactory)
    text = "Puhelinaika on nykyään klo 9–11."

    class Meta:
        model = Proposal


class CheckIntervalFactory(DjangoModelFactory[CheckInterval]):
    """Half a year; the sixth that a test asks for is of the first one's kind again."""

    kind = factory.Sequence(lambda number: CheckInterval.Kind.values[number % len(CheckInterval.Kind)])
    months = 6

    class Meta:
        model = CheckInterval


class LinkCheckFactory(DjangoModelFactory[LinkCheck]):
    """An address that answered well."""

    url = numbered("https://sivu-{}.example/")
    checked_at = datetime(2026, 11, 18, 1, tzinfo=UTC)

    class Meta:
        model = LinkCheck


class MeetingPlaceFactory(DjangoModelFactory[MeetingPlace]):
    """Open to every age, free, at a place of its own."""

    centre = factory.SubFactory(FamilyCentreFactory)
    slug = numbered("kohtaamispaikka-{}")
    name_fi = numbered("Kohtaamispaikka {}")
    summary_fi = "Perheet tapaavat toisiaan."
    organiser = factory.SubFactory(OrganisationFactory)
    place = factory.SubFactory(PlaceFactory)
    status = Status.PUBLISHED
    topics = many("topics")

    class Meta:
        model = MeetingPlace
        skip_postgeneration_save = True


class SeasonFactory(DjangoModelFactory[Season]):
    """The autumn in which every test happens."""

    centre = factory.SubFactory(FamilyCentreFactory)
    slug = numbered("syksy-{}")
    name_fi = numbered("Syksy {}")
    first_day = date(2026, 8, 10)
    last_day = date(2026, 12, 18)

    class Meta:
        model = Season


class SessionFactory(DjangoModelFactory[Session]):
    """Every Wednesday from 9.30 to 11.30."""

    meeting_place = factory.SubFactory(MeetingPlaceFactory)
    season = factory.SubFactory(SeasonFactory, centre=factory.SelfAttribute("..meeting_place.centre"))
    weekday = Weekday.WEDNESDAY
    starts = time(9, 30)
    ends = time(11, 30)

    class Meta:
        model = Session


class SessionChangeFactory(DjangoModelFactory[SessionChange]):
    """Cancelled, as the instructor is ill, on the Wednesday on which every test happens."""

    session = factory.SubFactory(SessionFactory)
    day = date(2026, 11, 18)
    kind = SessionChange.Kind.CANCELLED

    @factory.lazy_attribute
    def reason_fi(self) -> str:
        """What is off or moved has a reason."""
        return "Ohjaaja on sairas" if self.kind in ("cancelled", "moved") else ""

    class Meta:
        model = SessionChange


class ClosureFactory(DjangoModelFactory[Closure]):
    """The autumn break, for all of a centre's meeting places."""

    centre = factory.SubFactory(FamilyCentreFactory)
    first_day = date(2026, 10, 19)
    last_day = date(2026, 10, 25)
    reason_fi = "Syysloma"

    class Meta:
        model = Closure


class ComingFactory(DjangoModelFactory[Coming]):
    """One family on the Wednesday on which every test happens."""

    session = factory.SubFactory(SessionFactory)
    day = date(2026, 11, 18)
    families = 1

    class Meta:
        model = Coming


class NetworkFactory(DjangoModelFactory[Network]):
    """A shared network for any age, without tags, that one may turn to."""

    slug = numbered("verkosto-{}")
    name_fi = numbered("Verkosto {}")
    summary_fi = "Ammattilaiset miettivät asiaa yhdessä."
    when_to_turn_fi = "<p>Kun oma osaaminen ei riitä.</p>"
    kind = Network.Kind.NETWORK
    status = Status.PUBLISHED
    topics = many("topics")
    services = many("services")

    class Meta:
        model = Network
        skip_postgeneration_save = True


class NetworkLinkFactory(DjangoModelFactory[NetworkLink]):
    network = factory.SubFactory(NetworkFactory)
    label_fi = "Lisätietoa"
    url = numbered("https://verkosto-{}.example/")

    class Meta:
        model = NetworkLink


class LocalNetworkFactory(DjangoModelFactory[LocalNetwork]):
    """A network in a centre, under its shared name, that an organisation convenes."""

    centre = factory.SubFactory(FamilyCentreFactory)
    network = factory.SubFactory(NetworkFactory)
    slug = numbered("verkosto-{}")
    convener = factory.SubFactory(OrganisationFactory)
    status = Status.PUBLISHED

    class Meta:
        model = LocalNetwork


class ProfessionalFactory(DjangoModelFactory[Professional]):
    """Somebody who works in one centre, and whose card they have confirmed this autumn; nobody signs in as them."""

    given_name = numbered("Etu{}")
    family_name = numbered("Suku{}")
    title_fi = "Terveydenhoitaja"
    organisation = factory.SubFactory(OrganisationFactory)
    home = factory.SubFactory(FamilyCentreFactory)
    confirmed_on = date(2026, 9, 1)
    topics = many("topics")
    languages = many("languages")
    also_in = many("also_in")

    class Meta:
        model = Professional
        skip_postgeneration_save = True


class SeatFactory(DjangoModelFactory[Seat]):
    """A seat that nobody is known to hold."""

    local_network = factory.SubFactory(LocalNetworkFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    profession_fi = "Sosiaalityöntekijä"

    class Meta:
        model = Seat


class MeetingFactory(DjangoModelFactory[Meeting]):
    """An hour on the first Thursday of December; only professionals know of it."""

    local_network = factory.SubFactory(LocalNetworkFactory)
    day = date(2026, 12, 3)
    starts = time(9)
    ends = time(10)

    class Meta:
        model = Meeting


class MaterialFactory(DjangoModelFactory[Material]):
    meeting = factory.SubFactory(MeetingFactory)
    label_fi = "Esityslista"
    url = "https://esimerkki.example/esityslista"

    class Meta:
        model = Material


class AttendanceFactory(DjangoModelFactory[Attendance]):
    """Somebody who is coming."""

    meeting = factory.SubFactory(MeetingFactory)
    professional = factory.SubFactory(ProfessionalFactory)
    answer = Attendance.Answer.COMING

    class Meta:
        model = Attendance


class CardOpeningFactory(DjangoModelFactory[CardOpening]):
    viewer = factory.SubFactory(UserFactory)
    professional = factory.SubFactory(ProfessionalFactory)
    day = date(2026, 11, 18)

    class Meta:
        model = CardOpening


class AccessRequestFactory(DjangoModelFactory[AccessRequest]):
    """Somebody new who waits for an answer."""

    centre = factory.SubFactory(FamilyCentreFactory)
    given_name = "Testi"
    family_name = numbered("Pyytäjä{}")
    title = "Varhaiskasvatuksen opettaja"
    email = factory.Sequence(lambda number: f"pyytaja{number}@esimerkki.example")
    organisation = factory.SubFactory(OrganisationFactory)

    class Meta:
        model = AccessRequest


# Every factory by its model, for tests that ask the same of every model.
class PlanFactory(DjangoModelFactory[Plan]):
    """The plan of one centre for this year, under way, without rows."""

    centre = factory.SubFactory(FamilyCentreFactory)
    year = 2026
    phase = Plan.Phase.RUNNING

    class Meta:
        model = Plan


class PlanItemFactory(DjangoModelFactory[PlanItem]):
    """A goal of the first quarter that nobody has evaluated, and nobody is responsible for."""

    plan = factory.SubFactory(PlanFactory)
    kind = PlanItem.Kind.GOAL
    number = factory.Sequence(lambda number: number + 1)
    quarter = PlanItem.Quarter.FIRST
    title_fi = numbered("Tavoite {}")
    tasks = many("tasks")

    class Meta:
        model = PlanItem
        skip_postgeneration_save = True


class ResponsibleFactory(DjangoModelFactory[Responsible]):
    item = factory.SubFactory(PlanItemFactory)
    label_fi = "Koko verkosto"

    class Meta:
        model = Responsible


class ContinuationFactory(DjangoModelFactory[Continuation]):
    """An unfinished goal of last year that goes on as one of this year."""

    source = factory.SubFactory(
        PlanItemFactory,
        plan__year=2025,
        plan__phase=Plan.Phase.EVALUATED,
        outcome=Outcome.NOT_ACHIEVED,
    )
    target = factory.SubFactory(PlanItemFactory, plan__centre=factory.SelfAttribute("...source.plan.centre"))

    class Meta:
        model = Continuation


class DutyFactory(DjangoModelFactory[Duty]):
    plan = factory.SubFactory(PlanFactory)
    task_fi = "Tiedottaminen"

    class Meta:
        model = Duty


class DutyHolderFactory(DjangoModelFactory[DutyHolder]):
    duty = factory.SubFactory(DutyFactory)
    label_fi = "Koko verkosto"

    class Meta:
        model = DutyHolder


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
        InvitationFactory,
        ServiceFactory,
        OfferingFactory,
        ProvisionFactory,
        ContactFactory,
        ServicePointFactory,
        OpeningSpanFactory,
        SpecialHoursFactory,
        ProposalFactory,
        CheckIntervalFactory,
        LinkCheckFactory,
        MeetingPlaceFactory,
        SeasonFactory,
        SessionFactory,
        SessionChangeFactory,
        ClosureFactory,
        ComingFactory,
        NetworkFactory,
        NetworkLinkFactory,
        LocalNetworkFactory,
        ProfessionalFactory,
        SeatFactory,
        MeetingFactory,
        MaterialFactory,
        AttendanceFactory,
        CardOpeningFactory,
        AccessRequestFactory,
        PlanFactory,
        PlanItemFactory,
        ResponsibleFactory,
        ContinuationFactory,
        DutyFactory,
        DutyHolderFactory,
    )
}
