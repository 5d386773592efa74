"""People whose cards one centre keeps and another shows, too: who puts them there, and who takes them out."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils.translation import gettext, ngettext

from accounts.models import User
from centres.models import FamilyCentre, Membership
from networks.models import CardOpening, Professional
from tests.admin.forms import address, errors, filled, save
from tests.admin.histories import history
from tests.factories import (
    FamilyCentreFactory,
    LocalNetworkFactory,
    MembershipFactory,
    ProfessionalFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rovaniemi() -> FamilyCentre:
    return FamilyCentreFactory(slug="rovaniemi", municipality_fi="Rovaniemi")


@pytest.fixture
def visitor(posio: FamilyCentre, rovaniemi: FamilyCentre) -> Professional:
    """Kept in Rovaniemi, and in Posio's directory, too."""
    return ProfessionalFactory(home=rovaniemi, also_in=[posio], family_name="Vierailija")


def form_of(card: Professional) -> str:
    return address("change", card, card.pk)


def take_out(client: Client, *cards: Professional) -> list[str]:
    answer = client.post(
        address("changelist", Professional),
        {"action": "take_out", "_selected_action": [card.pk for card in cards]},
    )
    return [str(each) for each in get_messages(answer.wsgi_request)]


def centres_of(card: Professional) -> set[FamilyCentre]:
    return {card.home, *card.also_in.all()}


class TestTheKeeper:
    def test_puts_nobody_into_the_directory_of_a_centre_that_others_keep(
        self, coordinator: Client, posio: FamilyCentre, rovaniemi: FamilyCentre
    ):
        card = ProfessionalFactory(home=posio)

        answer = save(coordinator, form_of(card), also_in=[str(rovaniemi.pk)])

        assert (answer.status_code, len(errors(answer))) == (400, 1)
        assert centres_of(card) == {posio}

    def test_leaves_where_they_are_those_who_stand_there(
        self, coordinator: Client, posio: FamilyCentre, rovaniemi: FamilyCentre
    ):
        card = ProfessionalFactory(home=posio, also_in=[rovaniemi])

        answer = save(coordinator, form_of(card), given_name="Toinen")

        assert answer.status_code == 302
        card.refresh_from_db()
        assert (card.given_name, centres_of(card)) == ("Toinen", {posio, rovaniemi})

    def test_of_everything_chooses_among_all(
        self, desk: Client, posio: FamilyCentre, rovaniemi: FamilyCentre
    ):
        card = ProfessionalFactory(home=posio)

        answer = save(desk, form_of(card), also_in=[str(rovaniemi.pk)])

        assert answer.status_code == 302

        assert centres_of(card) == {posio, rovaniemi}


class TestTheOtherCentre:
    def test_sees_who_stands_in_its_directory_and_whose_card_it_is(
        self, coordinator: Client, visitor: Professional
    ):
        ProfessionalFactory()

        page = coordinator.get(address("changelist", Professional))

        assert list(page.context["cl"].queryset) == [visitor]
        assert visitor.home.name in page.content.decode()

    def test_reads_the_card_and_changes_nothing_in_it(self, coordinator: Client, visitor: Professional):
        page = coordinator.get(form_of(visitor))

        assert page.status_code == 200
        assert "family_name" not in filled(page)
        assert coordinator.post(form_of(visitor), {"family_name": "Toinen"}).status_code == 403
        assert coordinator.post(address("delete", visitor, visitor.pk), {"post": "yes"}).status_code == 403

    def test_takes_them_out_and_their_card_stays_where_it_is_kept(
        self, coordinator: Client, visitor: Professional, rovaniemi: FamilyCentre
    ):
        said = take_out(coordinator, visitor)

        words = "%(n)d person no longer stands in your directory."
        many = "%(n)d people no longer stand in your directory."
        assert said == [ngettext(words, many, 1) % {"n": 1}]
        assert (centres_of(visitor), visitor.active) == ({rovaniemi}, True)
        assert coordinator.get(form_of(visitor)).status_code == 302

    def test_is_named_in_the_history_of_the_card(
        self, coordinator: Client, desk: Client, visitor: Professional, posio: FamilyCentre
    ):
        take_out(coordinator, visitor)

        assert history(desk, visitor)[0] == [f"Works also in [-{posio.name}]"]

    def test_takes_out_nobody_of_its_own_nor_of_a_third_one(
        self, coordinator: Client, posio: FamilyCentre, rovaniemi: FamilyCentre
    ):
        own = ProfessionalFactory(home=posio, also_in=[rovaniemi])
        third = ProfessionalFactory(also_in=[rovaniemi])

        said = take_out(coordinator, own)
        take_out(coordinator, third)

        assert said == [
            gettext("You keep these cards yourselves: take away the tick of somebody who has left.")
        ]
        assert centres_of(own) == {posio, rovaniemi}
        assert centres_of(third) == {third.home, rovaniemi}

    def test_may_seat_them_in_its_networks(
        self, coordinator: Client, visitor: Professional, posio: FamilyCentre
    ):
        seat = SeatFactory(local_network=LocalNetworkFactory(centre=posio))

        save(
            coordinator,
            address("change", seat.local_network, seat.local_network.pk),
            **{"seats-0-person": str(visitor.pk)},
        )

        seat.refresh_from_db()
        assert seat.person == visitor


class TestLettingIn:
    def test_for_another_year_is_done_in_the_list_of_people_and_says_of_whom(
        self, coordinator: Client, posio: FamilyCentre
    ):
        role, soon = Membership.Role.PROFESSIONAL, date(2026, 11, 30)
        row = MembershipFactory(centre=posio, role=role, ends_on=soon)
        MembershipFactory(user=row.user, role=role, ends_on=soon)
        card = ProfessionalFactory(home=posio, user=row.user)

        answer = coordinator.post(
            address("changelist", Professional),
            {"action": "let_in_for_another_year", "_selected_action": [card.pk]},
        )

        words = gettext("%(name)s is let in until %(day)s.") % {"name": card, "day": "18.11.2027"}
        assert [str(each) for each in get_messages(answer.wsgi_request)] == [words]
        assert [each.ends_on for each in Membership.objects.filter(role=role).order_by("pk")] == [
            date(2027, 11, 18),
            soon,
        ]

    def test_is_not_in_the_hands_of_a_centre_that_only_shows_the_card(
        self, coordinator: Client, visitor: Professional
    ):
        role = Membership.Role.PROFESSIONAL
        row = MembershipFactory(centre=visitor.home, role=role, ends_on=date(2026, 11, 30))
        Professional.objects.filter(pk=visitor.pk).update(user=row.user)

        coordinator.post(
            address("changelist", Professional),
            {"action": "let_in_for_another_year", "_selected_action": [visitor.pk]},
        )

        row.refresh_from_db()
        assert row.ends_on == date(2026, 11, 30)


def test_whose_card_it_is_sees_that_it_was_opened_at_the_desk(
    coordinator: Client, posio: FamilyCentre, visitor: Professional
):
    own = ProfessionalFactory(home=posio)

    for card in (own, own, visitor):
        coordinator.get(form_of(card))

    keeper = User.objects.get(memberships__centre=posio)
    assert set(CardOpening.objects.values_list("viewer", "professional")) == {
        (keeper.pk, own.pk),
        (keeper.pk, visitor.pk),
    }
