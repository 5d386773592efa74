"""A network says by a signed link what became of its rows of a plan, without anybody signing in."""

from datetime import timedelta

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from lxml import html
from reversion.models import Version

from annual_plan.asking import SALT, contacts_of, contacts_of_each, lacking, token_of
from annual_plan.forms import EvaluationForm
from annual_plan.models import Outcome, Plan, PlanItem, Responsible
from annual_plan.quarters import following
from annual_plan.throttle import MOST_LINKS, MOST_LINKS_TO_ONE
from centres.history.kinds import Kind, kind_of
from networks.models import LocalNetwork, Professional, Seat
from tests.conftest import NOW
from tests.factories import (
    ContinuationFactory,
    FamilyCentreFactory,
    LocalNetworkFactory,
    PlanFactory,
    PlanItemFactory,
    ProfessionalFactory,
    ResponsibleFactory,
    SeatFactory,
)
from tests.harness.mail import arrived

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
TODAY = NOW.date()
ADDRESS = "verkosto@esimerkki.example"


@pytest.fixture
def client():
    """A browser that has never signed in, and has no CSRF cookie to show."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def centre():
    return FamilyCentreFactory(slug="keskus", name_fi="Testin perhekeskus")


@pytest.fixture
def network(centre):
    return LocalNetworkFactory(centre=centre, email=ADDRESS)


@pytest.fixture
def plan(centre):
    return PlanFactory(centre=centre)


@pytest.fixture
def row(plan, network):
    return its_row(plan, network, number=1, quarter=2, title_fi="Kysely vanhemmille")


def its_row(plan, network, **values):
    row = PlanItemFactory(plan=plan, **values)
    ResponsibleFactory(item=row, network=network, label_fi="")
    return row


def token_for(network, address=ADDRESS):
    return token_of(Plan.objects.get(year=2026), network, address)


def address(token, number=None, name="evaluate", centre="keskus"):
    if number is not None:
        kwargs = {"centre": centre, "token": token, "number": number}
        return reverse("annual_plan:evaluate_row", kwargs=kwargs)
    return reverse(f"annual_plan:{name}", kwargs={"centre": centre, "token": token})


def send(client, path, data=None, origin=HERE, sender="192.0.2.1"):
    headers = {"origin": origin} if origin else {}
    return client.post(path, data or {}, headers=headers, REMOTE_ADDR=sender)


def said(row, **values):
    """What the form of `row` sends, opened now."""
    seen = EvaluationForm(instance=PlanItem.objects.get(pk=row.pk))["seen"].value()
    return {"seen": seen, "evaluation_fi": "", "titles": "", "next_step": "", "drop_reason_fi": ""} | values


def page_of(answer):
    return html.fromstring(answer.content.decode())


def text(answer):
    return " ".join(page_of(answer).find(".//main").text_content().split())


class TestTheList:
    def test_shows_the_networks_own_rows_by_quarter_internal_ones_too(self, client, plan, network, row):
        its_row(plan, network, number=2, quarter=1, title_fi="Sisäinen asia", is_internal=True)
        its_row(plan, network, number=3, quarter=None, title_fi="Koko vuoden työ")
        PlanItemFactory(plan=plan, number=4, title_fi="Muiden asia", is_internal=True)
        page = page_of(client.get(address(token_for(network))))
        assert [each.text_content() for each in page.findall(".//main//h2")] == [
            gettext("1st quarter"),
            gettext("2nd quarter"),
            gettext("All year round"),
        ]
        rows = [" ".join(each.text_content().split()) for each in page.xpath("//main//li/a[@class='row']")]
        waits = f"{gettext('Waits for its outcome')}"
        assert [(title in one, waits in one) for title, one in zip(
            ("2. Sisäinen asia", "1. Kysely vanhemmille", "3. Koko vuoden työ"), rows, strict=True,
        )] == [(True, True), (True, True), (True, False)]  # fmt: skip

    def test_names_a_row_once_whose_responsible_the_network_is_twice(self, client, network, row):
        ResponsibleFactory(item=row, network=network, label_fi="Verkoston puheenjohtaja")
        page = page_of(client.get(address(token_for(network))))
        assert len(page.xpath("//main//li/a[@class='row']")) == 1

    def test_leads_to_what_lacks_its_outcome_first(self, client, network, row):
        token = token_for(network)
        page = page_of(client.get(address(token)))
        assert page.xpath("//main//a[@class='button']/@href") == [address(token, 1)]

    def test_is_private_and_sets_no_cookie(self, client, network, row):
        token = token_for(network)
        answers = [client.get(address(token)), client.get(address(token, 1))]
        answers.append(send(client, address(token, 1), said(row, outcome="achieved")))
        answers.append(send(client, address(token, 1), {}))
        for answer in answers:
            assert "no-store" in answer.headers["Cache-Control"]
            assert answer.headers["X-Robots-Tag"] == "noindex"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert answer.cookies == {}

    def test_costs_the_same_with_a_hundred_rows(self, client, plan, network, row, django_assert_num_queries):
        token = token_for(network)
        with django_assert_num_queries(4):
            client.get(address(token))
        for number in range(2, 101):
            its_row(plan, network, number=number, parent=row, kind="action")
        with django_assert_num_queries(4):
            client.get(address(token))
        with django_assert_num_queries(6):
            client.get(address(token, 50))

    def test_is_only_read(self, client, network, row):
        assert send(client, address(token_for(network))).status_code in (403, 405)


class TestOneRow:
    def test_shows_what_it_is_about(self, client, plan, network, row):
        goal = its_row(plan, network, number=8, title_fi="Tavoite tälle", is_internal=True)
        its_row(
            plan, network, number=9, kind="action", parent=goal, quarter=3, title_fi="Iltakahvit",
            description_fi="Neljä kertaa.\nIllalla.",
        )  # fmt: skip
        shown = text(client.get(address(token_for(network), 9)))
        for words in ("9. Iltakahvit", gettext("3rd quarter"), "Tavoite tälle", "Neljä kertaa."):
            assert words in shown

    def test_says_who_will_read_it(self, client, plan, network, row):
        goal = PlanItemFactory(plan=plan, number=8, is_internal=True)
        its_row(plan, network, number=2, is_internal=True)
        its_row(plan, network, number=3, kind="action", parent=goal)
        everybody = gettext(
            "What you write is shown to everybody in the annual plan: name no family and no person."
        )
        for number, is_open in ((1, True), (2, False), (3, False)):
            shown = text(client.get(address(token_for(network), number)))
            assert (everybody in shown, gettext("Only professionals see this row") in shown) == (
                is_open,
                not is_open,
            )

    def test_does_not_name_a_goal_that_is_internal_and_anothers(self, client, plan, network, row):
        goal = PlanItemFactory(plan=plan, number=8, title_fi="Salainen tavoite", is_internal=True)
        its_row(plan, network, number=9, kind="action", parent=goal)
        assert "Salainen" not in text(client.get(address(token_for(network), 9)))

    def test_is_saved_by_nobody_and_leads_on_to_the_next_that_lacks_its_outcome(
        self, client, plan, network, row
    ):
        its_row(plan, network, number=2, quarter=4)
        its_row(plan, network, number=3, quarter=3)
        token = token_for(network)
        sent = said(row, outcome="achieved", evaluation_fi="Sata vastasi.")
        answer = send(client, address(token, 1), sent)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{address(token, 3)}?saved=1")
        assert "1. Kysely vanhemmille" in text(client.get(answer.headers["Location"]))
        row.refresh_from_db()
        assert (row.outcome, row.evaluation_fi) == (Outcome.ACHIEVED, "Sata vastasi.")
        newest = Version.objects.get_for_object(row).first()
        assert (newest.revision.user, "Sata vastasi." in newest.serialized_data) == (None, True)

    def test_is_thanked_for_at_the_end(self, client, network, row):
        token = token_for(network)
        answer = send(client, address(token, 1), said(row, outcome="achieved"))
        assert answer.headers["Location"] == f"{address(token)}?saved=1"
        assert gettext("Thank you!") in text(client.get(answer.headers["Location"]))

    def test_goes_on_in_next_years_draft(self, client, network, row):
        sent = said(row, outcome="partly", next_step="goes-on", titles="Toinen kysely\r\nTulosten ilta")
        assert send(client, address(token_for(network), 1), sent).status_code == 303
        made = Plan.objects.get(year=2027)
        assert made.phase == Plan.Phase.DRAFTING
        assert [each.title_fi for each in made.items.order_by("number")] == ["Toinen kysely", "Tulosten ilta"]
        assert [each.network for each in Responsible.objects.filter(item__plan=made).order_by("pk")] == [
            network
        ] * 2

    def test_may_be_changed_until_the_plan_is_closed(self, client, network, row):
        token = token_for(network)
        for outcome in ("under-way", "achieved", "not-achieved"):
            send(client, address(token, 1), said(row, outcome=outcome, next_step="later"))
            row.refresh_from_db()
            assert row.outcome == outcome

    @pytest.mark.parametrize("outcome", ["not-started", "under-way"])
    def test_what_has_been_said_is_not_taken_back(self, client, network, row, outcome):
        PlanItem.objects.update(outcome=Outcome.PARTLY, evaluation_fi="Puolet tehtiin.")
        answer = send(client, address(token_for(network), 1), said(row, outcome=outcome))
        assert answer.status_code == 400
        row.refresh_from_db()
        assert (row.outcome, row.evaluation_fi) == (Outcome.PARTLY, "Puolet tehtiin.")

    def test_the_history_tells_that_it_was_said_by_a_link(self, client, network, row):
        send(client, address(token_for(network), 1), said(row, outcome="achieved"))
        newest = Version.objects.get_for_object(row).first()
        assert kind_of(newest.revision) == Kind.LINK

    def test_asks_nothing_more_of_what_goes_on_already(self, client, network, row):
        ContinuationFactory(source=row, target__plan__year=2027)
        page = client.get(address(token_for(network), 1))
        assert gettext("It goes on in a later plan already.") in text(page)
        assert page_of(page).xpath("//main//*[@name='next_step']") == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"outcome": "partly"},
            {"outcome": "kuu"},
            {"outcome": ""},
            {"outcome": "dropped"},
            {"outcome": "not-started"},
            {"outcome": "achieved", "seen": ""},
            {"outcome": "achieved", "evaluation_fi": "Oma arvio. " * 400},
            {"outcome": "achieved", "evaluation_fi": "Oma arvio.\x00"},
            {"outcome": "partly", "next_step": "goes-on", "titles": ""},
        ],
    )
    def test_comes_back_with_what_was_typed_where_something_is_wrong(self, client, network, row, wrong):
        sent = said(row, evaluation_fi="Oma arvio.") | wrong
        answer = send(client, address(token_for(network), 1), sent)
        assert answer.status_code == 400
        assert "Oma arvio." in page_of(answer).xpath("string(//textarea[@name='evaluation_fi'])")
        assert page_of(answer).xpath("//*[@id='problems']") != []
        row.refresh_from_db()
        assert (row.outcome, row.evaluation_fi) == (Outcome.NOT_STARTED, "")

    def test_that_somebody_else_has_changed_meanwhile_comes_back_with_both(self, client, network, row):
        sent = said(row, outcome="achieved", evaluation_fi="Meidän sanamme.")
        row.outcome, row.evaluation_fi = Outcome.DROPPED, ""
        row.drop_reason_fi = "Koordinaattorin syy."
        row.save()
        token = token_for(network)
        answer = send(client, address(token, 1), sent)
        assert answer.status_code == 400
        shown = text(answer)
        assert "Meidän sanamme." in shown
        assert "Koordinaattorin syy." in shown
        row.refresh_from_db()
        assert row.outcome == Outcome.DROPPED
        (seen,) = page_of(answer).xpath("//input[@name='seen']/@value")
        assert send(client, address(token, 1), sent | {"seen": seen}).status_code == 303
        row.refresh_from_db()
        assert (row.outcome, row.evaluation_fi) == (Outcome.ACHIEVED, "Meidän sanamme.")

    @pytest.mark.parametrize("origin", ["", "null", "https://muu.example"])
    def test_is_written_by_no_form_from_elsewhere(self, client, network, row, origin):
        token = token_for(network)
        sent = said(row, outcome="achieved")
        assert send(client, address(token, 1), sent, origin=origin).status_code == 403
        assert send(client, address(token, name="evaluate_again"), origin=origin).status_code == 403
        row.refresh_from_db()
        assert row.outcome == Outcome.NOT_STARTED

    @pytest.mark.parametrize("query", ["?saved=kuu", "?saved=-1", "?saved=2", "?saved=<b>", "?saved=%00"])
    def test_says_nothing_of_what_was_not_saved(self, client, network, row, query):
        for path in (address(token_for(network)), address(token_for(network), 1)):
            answer = client.get(path + query)
            assert (answer.status_code, gettext("Saved:") in text(answer)) == (200, False)


class TestWhatIsNotTheirs:
    def test_another_networks_row_is_not_there(self, client, plan, network, row):
        other = its_row(plan, LocalNetworkFactory(centre=plan.centre), number=7)
        nobodys = PlanItemFactory(plan=plan, number=8)
        for each in (other, nobodys):
            path = address(token_for(network), each.number)
            assert client.get(path).status_code == 404
            assert send(client, path, said(each, outcome="achieved")).status_code == 404
            each.refresh_from_db()
            assert each.outcome == Outcome.NOT_STARTED

    @pytest.mark.parametrize("number", [0, 99, 10**30])
    def test_a_row_that_is_none_is_not_there(self, client, network, row, number):
        assert client.get(address(token_for(network), number)).status_code == 404

    def test_a_row_of_another_year_is_not_there(self, client, network, row):
        its_row(PlanFactory(centre=row.plan.centre, year=2025), network, number=5)
        assert client.get(address(token_for(network), 5)).status_code == 404

    def test_a_row_dies_with_the_responsibility(self, client, plan, network, row):
        its_row(plan, network, number=2)
        Responsible.objects.filter(item=row).delete()
        assert client.get(address(token_for(network), 1)).status_code == 404
        assert client.get(address(token_for(network), 2)).status_code == 200


class TestALinkThatIsOver:
    def gone(self, client, token):
        """What the list says; nothing of the plan is told, and nothing can be written."""
        row = PlanItem.objects.get(number=1)
        before = row.outcome
        answers = [client.get(address(token)), client.get(address(token, 1))]
        answers.append(send(client, address(token, 1), said(row, outcome="partly", next_step="later")))
        assert [answer.status_code for answer in answers] == [410] * 3
        assert [row.title_fi in text(answer) for answer in answers] == [False] * 3
        row.refresh_from_db()
        assert row.outcome == before
        return answers[0]

    def nothing_more(self, client, token):
        answer = self.gone(client, token)
        assert page_of(answer).xpath("//main//form") == []
        assert send(client, address(token, name="evaluate_again")).status_code == 410
        assert arrived() == []

    def test_works_for_thirty_days(self, client, network, row, time_machine):
        token = token_for(network)
        time_machine.move_to(NOW + timedelta(days=29))
        assert client.get(address(token)).status_code == 200
        time_machine.move_to(NOW + timedelta(days=31))
        answer = self.gone(client, token)
        assert gettext("It worked for 30 days.") in text(answer)
        assert "v…@esimerkki.example" in text(answer)
        assert ADDRESS not in answer.content.decode()
        assert answer.headers["Referrer-Policy"] == "same-origin"

    def test_offers_a_new_one_to_the_same_address(self, client, network, row, time_machine):
        token = token_for(network)
        time_machine.move_to(NOW + timedelta(days=31))
        (action,) = page_of(client.get(address(token))).xpath("//main//form/@action")
        answer = send(client, action)
        assert (answer.status_code, "v…@esimerkki.example" in text(answer)) == (200, True)
        (message,) = arrived()
        assert (message.to, message.subject) == ([ADDRESS], gettext("A new link to the annual plan"))
        link = next(word for word in message.body.split() if word.startswith(HERE)).removeprefix(HERE)
        assert client.get(link).status_code == 200

    def test_gives_back_what_was_written_while_it_grew_old(self, client, network, row, time_machine):
        token, sent = token_for(network), said(row, outcome="achieved", evaluation_fi="Pitkä arvio.")
        time_machine.move_to(NOW + timedelta(days=31))
        assert "Pitkä arvio." in text(send(client, address(token, 1), sent))

    def test_gives_back_reasons_titles_and_choices_too(self, client, network, row, time_machine):
        token = token_for(network)
        sent = said(
            row, outcome="partly", next_step="goes-on", titles="Uusi nimi", drop_reason_fi="Vanha syy."
        )
        time_machine.move_to(NOW + timedelta(days=31))
        shown = text(send(client, address(token, 1), sent))
        for words in ("Uusi nimi", "Vanha syy.", str(Outcome.PARTLY.label), "2027"):
            assert words in shown

    @pytest.mark.parametrize("phase", [Plan.Phase.EVALUATED, Plan.Phase.DRAFTING])
    def test_dies_when_the_plan_is_not_under_way(self, client, plan, network, row, phase):
        token = token_for(network)
        PlanItem.objects.update(outcome=Outcome.ACHIEVED)
        Plan.objects.update(phase=phase)
        self.nothing_more(client, token)

    def test_dies_when_no_row_is_the_networks_any_more(self, client, network, row):
        token = token_for(network)
        Responsible.objects.all().delete()
        self.nothing_more(client, token)

    @pytest.mark.parametrize("email", ["uusi@esimerkki.example", ""])
    def test_dies_with_the_address_that_it_was_sent_to(self, client, network, row, email):
        token = token_for(network)
        LocalNetwork.objects.update(email=email)
        self.nothing_more(client, token)

    def test_new_ones_are_asked_for_by_posting(self, client, network, row):
        token = token_for(network)
        answer = client.get(address(token, name="evaluate_again"))
        assert (answer.status_code, answer.headers["Location"]) == (302, address(token))

    def test_new_ones_fill_nobodys_mailbox(self, client, network, row):
        path = address(token_for(network), name="evaluate_again")
        answers = [send(client, path, sender=f"192.0.2.{number}") for number in range(4)]
        assert [each.status_code for each in answers] == [200] * MOST_LINKS_TO_ONE + [429] * 2
        assert len(arrived()) == MOST_LINKS_TO_ONE

    def test_nobody_has_them_sent_to_many(self, client, plan, row):
        tokens = []
        for number in range(MOST_LINKS + 1):
            other = LocalNetworkFactory(centre=plan.centre, email=f"v{number}@esimerkki.example")
            its_row(plan, other, number=number + 2)
            tokens.append(token_of(plan, other, other.email))
        answers = [send(client, address(token, name="evaluate_again")).status_code for token in tokens]
        assert answers == [200] * MOST_LINKS + [429]


class TestAForgedLink:
    @pytest.mark.parametrize(
        "token", ["x", "x:y:z", "::", "a" * 10_000, "å", "0", "eyJ9:1tR:abc", "1 OR 1=1"]
    )
    def test_leads_nowhere(self, client, row, token):
        for path in (address(token), address(token, 1)):
            answer = client.get(path)
            assert answer.status_code == 404
            assert gettext("The link is not whole: copy all of it from the e-mail.") in text(answer)
        assert send(client, address(token, 1), said(row, outcome="achieved")).status_code == 404
        assert send(client, address(token, name="evaluate_again")).status_code == 404
        assert arrived() == []

    def test_signed_for_something_else_leads_nowhere(self, client, plan, network, row):
        for salt in ("networks.confirming", "annual_plan"):
            token = TimestampSigner(salt=salt).sign_object([plan.pk, network.pk, "x"])
            assert client.get(address(token)).status_code == 404

    def test_of_another_centre_leads_nowhere(self, client, network, row):
        FamilyCentreFactory(slug="toinen")
        assert client.get(address(token_for(network), centre="toinen")).status_code == 404

    def test_of_what_is_gone_leads_nowhere(self, client, network, row):
        token = token_for(network)
        Plan.objects.all().delete()
        assert client.get(address(token)).status_code == 404

    def test_names_no_address_in_itself(self, network, row):
        assert "esimerkki" not in str(TimestampSigner(salt=SALT).unsign_object(token_for(network)))


class TestWhoIsWrittenTo:
    def person(self, network, email, role=Seat.Role.CONVENER, **values):
        return SeatFactory(
            local_network=network, person=ProfessionalFactory(email=email, **values), role=role
        )

    def test_the_network_itself_where_it_has_an_address(self, network):
        self.person(network, "kutsuja@esimerkki.example")
        assert contacts_of(network) == [ADDRESS]

    def test_else_whoever_convenes_it_each_once(self, centre):
        network = LocalNetworkFactory(centre=centre)
        self.person(network, "ensin@esimerkki.example")
        self.person(network, "sitten@esimerkki.example")
        self.person(network, "sitten@esimerkki.example")
        self.person(network, "jasen@esimerkki.example", role=Seat.Role.MEMBER)
        self.person(network, "lahti@esimerkki.example", active=False)
        self.person(network, "")
        SeatFactory(local_network=network, role=Seat.Role.CONVENER)
        assert contacts_of(network) == ["ensin@esimerkki.example", "sitten@esimerkki.example"]

    def test_a_link_dies_when_its_convener_leaves_and_the_others_live_on(self, client, centre, plan):
        network = LocalNetworkFactory(centre=centre)
        its_row(plan, network, number=1)
        self.person(network, "ensin@esimerkki.example")
        self.person(network, "sitten@esimerkki.example")
        tokens = [token_for(network, each) for each in contacts_of(network)]
        assert [client.get(address(token)).status_code for token in tokens] == [200, 200]
        Professional.objects.filter(email="ensin@esimerkki.example").update(active=False)
        assert [client.get(address(token)).status_code for token in tokens] == [410, 200]


def test_what_lacks_its_outcome_is_what_is_over_and_the_next_is_the_nearest(plan):
    rows = [
        PlanItemFactory(plan=plan, number=number, quarter=quarter, outcome=outcome)
        for number, (quarter, outcome) in enumerate(
            [
                (1, "not-started"),
                (2, "achieved"),
                (3, "under-way"),
                (4, "not-started"),
                (None, "not-started"),
            ],
            start=1,
        )
    ]
    assert [row.number for row in lacking(rows, TODAY)] == [1, 3]
    assert [row.number for row in lacking(rows, TODAY.replace(year=2027))] == [1, 3, 4, 5]
    assert [following(rows, row, TODAY).number for row in rows] == [3, 3, 4, 5, 1]
    assert following([rows[0]], rows[0], TODAY) is None


class TestAskedBeforeItsTime:
    @pytest.fixture
    def later(self, plan, network):
        return its_row(plan, network, number=2, quarter=4, title_fi="Joulujuhla")

    def test_the_list_offers_what_is_not_over_and_says_that_nothing_is_late(self, client, network, later):
        token = token_for(network)
        page = client.get(address(token))
        assert gettext(
            "None of yours is late. You can say already now how the rest goes, without signing in, and change it "
            "until the plan is closed."
        ) in text(page)
        (first,) = page_of(page).xpath("//main//a[@class='button']/@href")
        assert first == address(token, 2)

    def test_whoever_says_what_is_over_is_led_to_nothing_that_still_goes_on(
        self, client, network, row, later
    ):
        token = token_for(network)
        answer = send(client, address(token, 1), said(row, outcome="achieved"))
        assert answer.headers["Location"] == f"{address(token)}?saved=1"
        assert gettext("Thank you!") in text(client.get(answer.headers["Location"]))

    def test_whoever_begins_with_what_still_goes_on_is_led_through_the_rest(self, client, network, later):
        its_row(later.plan, network, number=3, quarter=None)
        token = token_for(network)
        answer = send(client, address(token, 2), said(later, outcome="achieved"))
        assert answer.headers["Location"] == f"{address(token, 3)}?saved=2"


def test_contacts_of_many_networks_are_one_query(plan, django_assert_num_queries):
    networks = LocalNetworkFactory.create_batch(3, centre=plan.centre)
    with django_assert_num_queries(1):
        assert contacts_of_each(networks) == {network: [] for network in networks}
