"""Whose desk it is: every address of the desk, as Posio's coordinator, against Rovaniemi's rows."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver
from lxml import html

from centres.models import Area, FamilyCentre, Membership
from centres.rights import kept_by, may_change, may_see, rights_of, visible
from networks.models import LocalNetwork
from services.models import Contact, Offering, Proposal, Service
from tests.admin.forms import address, errors, filled, save
from tests.factories import (
    FACTORIES,
    AccessRequestFactory,
    AgeGroupFactory,
    AreaFactory,
    ClosureFactory,
    ContactFactory,
    ContinuationFactory,
    DutyHolderFactory,
    FamilyCentreFactory,
    InvitationFactory,
    LevelNameFactory,
    LocalTaskFactory,
    MaterialFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkLinkFactory,
    OfferingFactory,
    OpeningSpanFactory,
    OrganisationFactory,
    PlaceFactory,
    PlanFactory,
    ProfessionalFactory,
    ProposalFactory,
    ProvisionFactory,
    ResponsibleFactory,
    SeatFactory,
    ServiceFactory,
    ServicePointFactory,
    SessionChangeFactory,
    SpecialHoursFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

KEPT = [model for model in admin.site._registry if kept_by(model)]


@pytest.fixture
def area() -> Area:
    return AreaFactory()


@pytest.fixture
def posio(area: Area) -> FamilyCentre:
    return FamilyCentreFactory(area=area, slug="posio", municipality_fi="Posio")


@pytest.fixture
def rovaniemi(area: Area) -> FamilyCentre:
    return FamilyCentreFactory(area=area, slug="rovaniemi", municipality_fi="Rovaniemi")


def signed_in(**membership: Any) -> Client:
    user = UserFactory(is_staff=True)
    MembershipFactory(user=user, **membership)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def coordinator(posio: FamilyCentre) -> Client:
    return signed_in(centre=posio)


@pytest.fixture
def of_area(area: Area, posio: FamilyCentre, rovaniemi: FamilyCentre) -> Client:
    return signed_in(area=area, centre=None, role=Membership.Role.AREA_COORDINATOR)


def rows_of(centre: FamilyCentre) -> dict[type[Model], Model]:
    """A row of every model that centres keep, kept by `centre`."""
    offering = OfferingFactory(centre=centre)
    point = ServicePointFactory(offering=offering, place=PlaceFactory(home=centre))
    change = SessionChangeFactory(session__meeting_place__centre=centre)
    material = MaterialFactory(meeting__local_network__centre=centre)
    rows = [
        centre,
        change,
        change.session,
        change.session.meeting_place,
        change.session.season,
        ClosureFactory(centre=centre),
        ServiceFactory(home=centre),
        offering,
        point,
        point.place,
        ContactFactory(service=None, offering=offering),
        ProvisionFactory(service=None, offering=offering),
        OrganisationFactory(home=centre),
        ThemeFactory(centre=centre),
        AgeGroupFactory(centre=centre),
        LevelNameFactory(centre=centre),
        LocalTaskFactory(centre=centre),
        MembershipFactory(centre=centre),
        OpeningSpanFactory(point=point),
        SpecialHoursFactory(point=point),
        ProposalFactory(centre=centre),
        InvitationFactory(centre=centre),
        NetworkFactory(home=centre),
        NetworkLinkFactory(network__home=centre),
        material,
        material.meeting,
        material.meeting.local_network,
        SeatFactory(local_network=material.meeting.local_network),
        ProfessionalFactory(home=centre),
        AccessRequestFactory(centre=centre),
        *rows_of_plans(centre),
    ]
    return {type(row): row for row in rows}


def rows_of_plans(centre: FamilyCentre) -> list[Model]:
    plan = PlanFactory(centre=centre)
    tie = ContinuationFactory(source__plan__centre=centre, target__plan=plan)
    holder = DutyHolderFactory(duty__plan=plan)
    return [plan, tie, tie.target, ResponsibleFactory(item=tie.target), holder, holder.duty]


def patterns(urls: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Every address of the desk as it is written, and its name."""
    for each in urls:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, prefix + str(each.pattern))
        else:
            yield prefix + str(each.pattern), each.name


def addresses_of(row: Model) -> list[str]:
    """Every address of the desk that names `row` by its key."""
    start = f"{row._meta.app_label}/{row._meta.model_name}/"
    return [
        "/hallinta/"
        + pattern.replace("<path:object_id>", str(row.pk)).replace("<int:object_id>", str(row.pk))
        for pattern, _name in patterns(admin.site.get_urls())
        if pattern.startswith(start)
        and "object_id>" in pattern
        and not pattern.endswith("/<path:object_id>/")
    ]


def test_every_kept_model_is_walked(rovaniemi: FamilyCentre):
    assert {model for model in FACTORIES if kept_by(model)} <= set(rows_of(rovaniemi))


def test_no_address_of_the_desk_opens_a_row_of_another_centre(coordinator: Client, rovaniemi: FamilyCentre):
    rows = rows_of(rovaniemi)
    walked = [path for model in KEPT for path in addresses_of(rows[model])]

    opened = [path for path in walked if coordinator.get(path).status_code == 200]
    # A form that is shown again with what is wrong in it answers 400.
    answers = {path: coordinator.post(path, {"post": "yes"}).status_code for path in walked}
    written = [path for path, status in answers.items() if status in (200, 400, 409)]

    assert len(walked) >= 3 * len(KEPT)
    assert (opened, written) == ([], [])
    assert [row for row in rows.values() if not type(row)._default_manager.filter(pk=row.pk).exists()] == []


def test_no_list_and_no_search_shows_a_row_of_another_centre(
    coordinator: Client, posio: FamilyCentre, rovaniemi: FamilyCentre
):
    own, others = rows_of(posio), rows_of(rovaniemi)

    for model in KEPT:
        listed = set(coordinator.get(address("changelist", model)).context["cl"].queryset)
        assert own[model] in listed, model
        assert others[model] not in listed, model


def test_nothing_of_another_centre_is_found_while_typing(coordinator: Client, rovaniemi: FamilyCentre):
    rows = rows_of(rovaniemi)
    found = {}
    for model in KEPT:
        for field in admin.site.get_model_admin(model).autocomplete_fields:
            target = model._meta.get_field(field).related_model
            query = {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": field,
            }
            answer = coordinator.get("/hallinta/autocomplete/", query)
            if answer.status_code == 200 and target in rows:
                found[model.__name__, field] = str(rows[target].pk) in {
                    each["id"] for each in answer.json()["results"]
                }

    assert found
    assert [where for where, is_there in found.items() if is_there] == []


@pytest.mark.parametrize(
    "model", [Offering, Contact, Service, LocalNetwork], ids=lambda model: model.__name__
)
def test_nothing_is_done_to_rows_of_another_centre_in_bulk(
    coordinator: Client, rovaniemi: FamilyCentre, model: Any
):
    row = rows_of(rovaniemi)[model]

    coordinator.post(
        address("changelist", model),
        {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"},
    )

    assert model._default_manager.filter(pk=row.pk).exists()


class TestForms:
    def test_a_row_cannot_be_made_for_another_centre(self, coordinator: Client, rovaniemi: FamilyCentre):
        answer = save(
            coordinator,
            address("add", Offering),
            service=str(ServiceFactory().pk),
            centre=str(rovaniemi.pk),
            slug="neuvola",
        )

        assert errors(answer) == ["Valitse oikea vaihtoehto. Valintasi ei löydy vaihtoehtojen joukosta."]
        assert not Offering.objects.exists()

    def test_a_coordinator_shares_nothing_with_all(self, coordinator: Client, posio: FamilyCentre):
        answer = save(coordinator, address("add", Service), home="", name_fi="Kerho", slug="kerho")

        assert "home" in answer.context["adminform"].form.errors
        assert filled(coordinator.get(address("add", Service)))["home"] == [str(posio.pk)]

    def test_a_contact_of_a_shared_service_is_not_added_by_a_coordinator(self, coordinator: Client):
        answer = save(
            coordinator,
            address("add", Contact),
            kind="phone",
            value="040 1234567",
            service=str(ServiceFactory().pk),
        )

        assert "service" in answer.context["adminform"].form.errors
        assert not Contact.objects.exists()

    def test_a_coordinator_says_neither_where_nor_what_the_centre_is(
        self, coordinator: Client, posio: FamilyCentre
    ):
        page = coordinator.get(address("change", posio, posio.pk))

        assert {"area", "status", "slug", "municipality_code"}.isdisjoint(filled(page))
        assert coordinator.get(address("add", FamilyCentre)).status_code == 403
        assert coordinator.get(address("delete", posio, posio.pk)).status_code == 403


class TestSharedService:
    """One page for a service and its offering in a centre."""

    @pytest.fixture
    def shared(self, posio: FamilyCentre) -> Offering:
        return OfferingFactory(centre=posio, service__name_fi="Neuvola", service__summary_fi="Apua vauvalle.")

    @pytest.fixture
    def own(self, posio: FamilyCentre) -> Offering:
        return OfferingFactory(centre=posio, service__home=posio, service__name_fi="Kerho")

    def test_a_coordinator_reads_the_shared_text_and_cannot_change_it(
        self, coordinator: Client, shared: Offering
    ):
        path = address("change", shared, shared.pk)
        page = coordinator.get(path)

        assert "Apua vauvalle." in page.content.decode()
        assert not any(name.startswith("service-0-name") for name in filled(page))
        answer = save(
            coordinator,
            path,
            **{"service-0-id": str(shared.service.pk), "service-0-name_fi": "Toinen", "name_fi": "Meillä"},
        )
        shared.refresh_from_db()
        assert (answer.status_code, shared.name_fi) == (302, "Meillä")
        assert Service.objects.get(pk=shared.service_id).name_fi == "Neuvola"

    def test_a_coordinator_changes_both_on_one_page_where_the_service_is_their_own(
        self, coordinator: Client, own: Offering
    ):
        contact = ContactFactory(service=own.service, kind="phone", value="040 1234567")

        answer = save(
            coordinator,
            address("change", own, own.pk),
            **{
                "service-0-name_fi": "Perhekerho",
                "shared_contacts-0-value": "040 7654321",
                "how_to_get_fi": "Tule käymään.",
            },
        )

        own.refresh_from_db()
        contact.refresh_from_db()
        assert answer.status_code == 302
        assert Service.objects.get(pk=own.service_id).name_fi == "Perhekerho"
        assert (contact.value, own.how_to_get_fi) == ("040 7654321", "Tule käymään.")

    def test_another_service_is_not_changed_by_its_key(
        self, coordinator: Client, own: Offering, rovaniemi: FamilyCentre
    ):
        other = ServiceFactory(home=rovaniemi, name_fi="Rovaniemen kerho")

        save(
            coordinator,
            address("change", own, own.pk),
            **{"service-0-id": str(other.pk), "service-0-name_fi": "Kaapattu"},
        )

        assert Service.objects.get(pk=other.pk).name_fi == "Rovaniemen kerho"

    def test_no_further_service_is_made_by_sending_one_more(self, coordinator: Client, own: Offering):
        before = Service.objects.count()

        save(
            coordinator,
            address("change", own, own.pk),
            **{"service-TOTAL_FORMS": "2", "service-1-name_fi": "Uusi", "service-1-summary_fi": "Uusi."},
        )

        assert Service.objects.count() == before

    def test_an_area_coordinator_changes_what_the_area_shares(self, of_area: Client, shared: Offering):
        answer = save(of_area, address("change", shared, shared.pk), **{"service-0-name_fi": "Äitiysneuvola"})

        assert answer.status_code == 302
        assert Service.objects.get(pk=shared.service_id).name_fi == "Äitiysneuvola"

    def test_with_a_second_area_what_all_share_is_the_administrators(
        self, of_area: Client, desk: Client, shared: Offering
    ):
        AreaFactory()

        assert not may_change(rights_of(of_area.user), shared.service)
        assert desk.get(address("change", shared.service, shared.service_id)).context["has_change_permission"]


class TestRights:
    def test_a_professional_and_somebody_inactive_keep_nothing(self, posio: FamilyCentre):
        professional = MembershipFactory(centre=posio, role=Membership.Role.PROFESSIONAL).user
        gone = MembershipFactory(centre=posio, user__is_active=False).user

        for user in (professional, gone):
            assert not rights_of(user).keeps_something
            assert not user.has_perm("services.view_service")

    def test_rights_come_and_go_with_the_membership(self, posio: FamilyCentre):
        user = UserFactory()
        assert not user.has_perm("services.change_offering")
        membership = MembershipFactory(user=user, centre=posio)
        assert type(user).objects.get().has_perm("services.change_offering")
        assert not type(user).objects.get().has_perm("centres.change_topic")
        membership.delete()
        assert not type(user).objects.get().has_perm("services.change_offering")

    @pytest.mark.parametrize("model", [*KEPT], ids=lambda model: model.__name__)
    def test_what_the_database_lets_see_is_what_the_row_says(
        self, coordinator: Client, posio: FamilyCentre, rovaniemi: FamilyCentre, model: Any
    ):
        rights = rights_of(coordinator.user)
        rows = [rows_of(centre)[model] for centre in (posio, rovaniemi)]
        seen = set(model._default_manager.filter(visible(rights, model)))

        assert [row in seen for row in rows] == [may_see(rights, row) for row in rows] == [True, False]


class TestProposals:
    @pytest.fixture
    def shared(self, posio: FamilyCentre) -> Offering:
        return OfferingFactory(centre=posio, service__name_fi="Neuvola")

    def test_the_form_of_a_shared_service_leads_to_a_proposal_filled_in_with_it(
        self, coordinator: Client, shared: Offering, posio: FamilyCentre
    ):
        page = html.fromstring(coordinator.get(address("change", shared, shared.pk)).content.decode())
        (link,) = page.xpath("//div[@class='word-before']//a/@href")

        answer = save(coordinator, link, text="Puhelinaika on klo 9–11.")

        proposal = Proposal.objects.get()
        assert answer.status_code == 302
        assert (proposal.service, proposal.centre, proposal.proposed_by) == (
            shared.service,
            posio,
            coordinator.user,
        )

    def test_whoever_keeps_the_service_has_nothing_to_propose(self, of_area: Client, shared: Offering):
        assert "word-before" not in of_area.get(address("change", shared, shared.pk)).content.decode()

    def test_the_areas_coordinator_answers_and_the_centres_reads_the_answer(
        self, coordinator: Client, of_area: Client, shared: Offering, posio: FamilyCentre
    ):
        proposal = ProposalFactory(service=shared.service, centre=posio)
        path = address("change", proposal, proposal.pk)

        assert "answer" not in filled(coordinator.get(path))
        save(of_area, path, answer="accepted", answer_text="Korjattu, kiitos!")

        assert "Korjattu, kiitos!" in coordinator.get(path).content.decode()
        assert Proposal.objects.get().text == proposal.text
