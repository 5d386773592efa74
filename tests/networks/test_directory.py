"""The directory of people: who sees it, whom it finds, and that nobody's name stands in an address."""

from datetime import date
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from lxml import html

from accounts.sealing import unseal
from networks.models import Professional
from networks.worry import PURPOSE
from tests.factories import (
    FamilyCentreFactory,
    MembershipFactory,
    OrganisationFactory,
    ProfessionalFactory,
    SpokenLanguageFactory,
    ThemeFactory,
    TopicFactory,
    UserFactory,
)
from tests.networks.conftest import let_in_to, signed_in

pytestmark = pytest.mark.django_db

YESTERDAY, TODAY = date(2026, 11, 17), date(2026, 11, 18)


def address(slug="keskus"):
    return reverse("professionals:index", kwargs={"centre": slug})


def parsed(response):
    return html.fromstring(response.content.decode())


def names(response):
    return [link.text_content() for link in parsed(response).xpath("//li[@class='card']/h3/a")]


def error_beside(response, name):
    return parsed(response).get_element_by_id(f"{name}-error").text_content().strip()


def searched(client, **typed):
    """The list that `typed` leads to."""
    return client.post(address(), typed, follow=True)


@pytest.fixture
def somebody(centre):
    """Somebody whose every word is to be kept from those who are not let in."""
    return ProfessionalFactory(
        given_name="Salainen",
        family_name="Tyyppi",
        title_fi="Puheterapeutti",
        phone="040 1234567",
        email="salainen.tyyppi@esimerkki.example",
        hours_fi="Tiistaisin",
        about_fi="Änkytyksestä",
        home=centre,
    )


PERSONAL = ("Salainen", "Tyyppi", "1234567", "salainen.tyyppi", "Tiistaisin", "nkytyksest")


class TestWhoIsLetIn:
    def pages(self, somebody):
        kwargs = {"centre": "keskus", "uuid": somebody.uuid}
        return [
            address(),
            reverse("professionals:card", kwargs=kwargs),
            reverse("professionals:card_file", kwargs=kwargs),
        ]

    def answers(self, client, somebody):
        return [client.get(page) for page in self.pages(somebody)]

    def test_whoever_is_let_in_no_more_stands_in_it_no_more(self, centre, let_in, somebody):
        """Whom the coordinator keeps without a user does; so does whoever keeps the centre, its area or everything."""
        over = let_in_to(centre, ends_on=YESTERDAY)
        closed = let_in_to(centre)
        closed.is_active = False
        closed.save()
        keepers = [
            MembershipFactory(centre=centre).user,
            MembershipFactory(centre=None, area=centre.area, role="area").user,
            UserFactory(is_superuser=True),
        ]
        gone = [
            ProfessionalFactory(user=user, home=centre)
            for user in (over, closed, let_in_to(FamilyCentreFactory()), UserFactory())
        ]
        last = ProfessionalFactory(user=let_in_to(centre, ends_on=TODAY), home=centre)
        kept = [ProfessionalFactory(user=user, home=centre) for user in keepers]
        expected = {each.name for each in (somebody, last, *kept)} | {"Testi Esimerkki"}
        assert set(names(let_in.get(address()))) == expected
        for each in gone:
            assert let_in.get(self.pages(each)[1]).status_code == HTTPStatus.NOT_FOUND

    def test_anonymous_readers_are_led_to_sign_in(self, client, somebody):
        for page, answer in zip(self.pages(somebody), self.answers(client, somebody), strict=True):
            assert answer.status_code == HTTPStatus.FOUND
            assert answer.headers["Location"] == f"{reverse('account_login')}?next={page}"
            assert "no-store" in answer.headers["Cache-Control"]
            assert answer.cookies == {}

    def test_anonymous_readers_are_led_to_sign_in_when_they_search(self, client, somebody):
        answer = client.post(address(), {"q": "Salainen"})
        assert answer.headers["Location"] == f"{reverse('account_login')}?next={address()}"

    @pytest.mark.parametrize(
        "user",
        [
            pytest.param(lambda _centre: UserFactory(), id="nobody's user"),
            pytest.param(
                lambda _centre: let_in_to(FamilyCentreFactory()), id="professional of another centre"
            ),
            pytest.param(lambda _centre: MembershipFactory().user, id="coordinator of another centre"),
            pytest.param(
                lambda _centre: (
                    MembershipFactory(centre=None, area=FamilyCentreFactory().area, role="area").user
                ),
                id="coordinator of another area",
            ),
            pytest.param(lambda centre: let_in_to(centre, ends_on=YESTERDAY), id="whose access has ended"),
        ],
    )
    def test_these_are_told_that_they_are_not_let_in(self, user, centre, somebody):
        for answer in self.answers(signed_in(user(centre)), somebody):
            text = answer.content.decode()
            assert answer.status_code == HTTPStatus.FORBIDDEN
            assert gettext("You are not let in here") in text
            assert "koordinaattori@esimerkki.example" in text
            assert [word for word in PERSONAL if word in text] == []

    @pytest.mark.parametrize(
        "user",
        [
            pytest.param(let_in_to, id="professional"),
            pytest.param(lambda centre: let_in_to(centre, ends_on=TODAY), id="on the last day"),
            pytest.param(lambda centre: let_in_to(centre, ends_on=None), id="until further notice"),
            pytest.param(lambda centre: MembershipFactory(centre=centre).user, id="coordinator"),
            pytest.param(
                lambda centre: MembershipFactory(centre=None, area=centre.area, role="area").user,
                id="area coordinator",
            ),
            pytest.param(lambda _centre: UserFactory(is_superuser=True), id="administrator"),
        ],
    )
    def test_these_are_let_in(self, user, centre, somebody):
        for answer in self.answers(signed_in(user(centre)), somebody):
            assert answer.status_code == HTTPStatus.OK
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert answer.headers["X-Robots-Tag"] == "noindex"

    def test_somebody_whose_user_is_closed_is_let_in_no_more(self, professional, let_in, somebody):
        professional.user.is_active = False
        professional.user.save()
        assert {answer.status_code for answer in self.answers(let_in, somebody)} == {HTTPStatus.FOUND}


class TestWhomItFinds:
    def test_people_stand_by_family_name_and_those_who_have_left_or_work_elsewhere_do_not(
        self, centre, let_in
    ):
        ProfessionalFactory(given_name="Aada", family_name="Öljy", home=centre)
        ProfessionalFactory(
            given_name="Bertta", family_name="Aalto", home=FamilyCentreFactory(), also_in=[centre]
        )
        ProfessionalFactory(given_name="Lähtenyt", home=centre, active=False)
        ProfessionalFactory(given_name="Muualla")
        assert names(let_in.get(address())) == ["Bertta Aalto", "Testi Esimerkki", "Aada Öljy"]

    @pytest.mark.parametrize(
        "words", ["öljy", "ÄDA aalto", "oljy", "puheter", "änkytys", "neuvola", "kielenkehitys"]
    )
    def test_every_word_is_looked_for_in_what_tells_of_a_person(self, centre, let_in, words):
        ProfessionalFactory(
            given_name="Äda",
            family_name="Öljy-Aalto",
            title_fi="Puheterapeutti",
            about_fi="Änkytys",
            organisation=OrganisationFactory(name_fi="Keskustan neuvola"),
            topics=[TopicFactory(name_fi="Kielenkehitys")],
            home=centre,
        )
        assert names(searched(let_in, q=words)) == ["Äda Öljy-Aalto"]

    def test_all_words_must_be_there(self, centre, let_in):
        ProfessionalFactory(title_fi="Puheterapeutti", home=centre)
        assert names(searched(let_in, q="puheterapeutti poliisi")) == []

    def test_it_is_narrowed_by_organisation_theme_age_and_language(self, centre, let_in):
        topic, language = TopicFactory(), SpokenLanguageFactory(slug="sv")
        ThemeFactory(slug="puhe", centre=centre, topics=[topic])
        school = OrganisationFactory(slug="koulu")
        ProfessionalFactory(family_name="Organisaatio", organisation=school, home=centre, from_month=216)
        ProfessionalFactory(family_name="Teema", topics=[topic], home=centre, to_month=12)
        ProfessionalFactory(family_name="Kieli", languages=[language], home=centre, to_month=12)

        def found(**typed):
            return [name.split()[-1] for name in names(searched(let_in, **typed))]

        assert found(organisation="koulu") == ["Organisaatio"]
        assert found(theme="puhe") == ["Teema"]
        assert found(language="sv") == ["Kieli"]
        assert found(age="8 kk") == ["Esimerkki", "Kieli", "Teema"]
        assert found(age="20") == ["Esimerkki", "Organisaatio"]
        assert found(age="8 kk", theme="puhe", language="sv") == []

    def test_only_organisations_and_languages_of_people_here_are_choices(self, centre, let_in, professional):
        OrganisationFactory(name_fi="Tyhjä talo")
        ProfessionalFactory(organisation__name_fi="Muualla")
        options = parsed(let_in.get(address())).xpath("//select[@name='organisation']/option/text()")
        assert options == [gettext("All"), professional.organisation.name]

    def test_a_page_holds_fifty_and_the_words_stay_on_the_next(self, centre, let_in):
        for number in range(60):
            ProfessionalFactory(family_name=f"Sama{number:02d}", home=centre)
        first = searched(let_in, q="sama")
        assert len(names(first)) == 50
        (following,) = parsed(first).xpath("//a[@rel='next']/@href")
        assert len(names(let_in.get(f"{address()}{following}"))) == 10

    def test_nobody_found_is_said(self, let_in):
        answer = searched(let_in, q="olematon")
        assert answer.status_code == HTTPStatus.OK
        assert gettext("Nobody was found with these choices") in answer.content.decode()


class TestWhatIsWrong:
    def test_a_wrong_age_is_told_and_nothing_typed_is_lost(self, let_in):
        answer = let_in.post(address(), {"age": "iso", "q": "Esimerkki"})
        text = answer.content.decode()
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        wrong = gettext("Write the age in years or months, for example 4, or 7 months.")
        assert error_beside(answer, "age") == wrong
        assert 'value="iso"' in text
        assert 'value="Esimerkki"' in text

    def test_a_wrong_choice_in_the_address_is_left_out(self, let_in):
        answer = let_in.get(address(), {"organisation": "ei-ole", "page": "99"})
        assert answer.status_code == HTTPStatus.OK
        assert names(answer) == ["Testi Esimerkki"]
        assert gettext("The list has no such page. This is its first page.") in answer.content.decode()

    @pytest.mark.parametrize("sealed", ["x", "ä", "gAAAAABk", "%00"])
    def test_words_that_cannot_be_unsealed_are_asked_for_again(self, let_in, sealed):
        answer = let_in.get(address(), {"words": sealed})
        assert answer.status_code == HTTPStatus.OK
        assert error_beside(answer, "q") == gettext("These words can no longer be read. Write them again.")

    @pytest.mark.parametrize("typed", [{"q": "\x00"}, {"q": "x" * 101}, {"theme": "\x00"}, {"language": "x"}])
    def test_what_is_no_choice_is_refused(self, let_in, typed):
        assert let_in.post(address(), typed).status_code == HTTPStatus.BAD_REQUEST


class TestTheAddress:
    def test_it_holds_the_words_only_sealed(self, let_in):
        answer = let_in.post(address(), {"q": "Salainen Tyyppi", "age": "6"})
        location = answer.headers["Location"]
        query = parse_qs(urlsplit(location).query)
        assert "Salainen" not in location
        assert query["age"] == ["6"]
        assert unseal(query["words"][0], PURPOSE) == "Salainen Tyyppi"

    def test_words_in_plain_in_the_address_are_not_taken(self, let_in):
        assert names(let_in.get(address(), {"q": "olematon"})) == ["Testi Esimerkki"]

    def test_a_search_for_nothing_leads_to_the_plain_list(self, let_in):
        assert let_in.post(address(), {"q": " "}).headers["Location"] == address()


def queries_for(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == HTTPStatus.OK
    return len(queries)


def test_it_asks_at_most_ten_queries_whatever_the_number_of_people(centre, let_in, professional):
    ThemeFactory(slug="puhe", centre=centre, topics=[TopicFactory()])
    path = let_in.post(address(), {"q": "esimerkki", "age": "6"}).headers["Location"]
    assert (queries_for(let_in, address()), queries_for(let_in, path)) == (9, 10)
    Professional.objects.bulk_create(
        Professional(
            given_name="Testi",
            family_name=f"Esimerkki{number}",
            title_fi="Opettaja",
            organisation=professional.organisation,
            home=centre,
        )
        for number in range(10_000)
    )
    assert (queries_for(let_in, address()), queries_for(let_in, path)) == (9, 10)
