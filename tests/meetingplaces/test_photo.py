"""A meeting place's photo: how it is uploaded, kept and thrown away, and how families see it."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from lxml import html
from PIL import Image

from centres.pictures import LIGHT
from meetingplaces.models import MeetingPlace
from meetingplaces.photo import PHOTO
from tests.admin.forms import address, beside, errors, filled, save
from tests.admin.histories import history, undo
from tests.factories import (
    PASSWORD,
    FamilyCentreFactory,
    MeetingPlaceFactory,
    MembershipFactory,
    UserFactory,
)
from tests.uploaded import file_of, kept_files, picture

pytestmark = pytest.mark.django_db
GPS = 0x8825
ALT = "Punainen ovi pihan perällä."


@pytest.fixture(autouse=True)
def _no_files() -> Any:
    yield
    for path in kept_files("photos"):
        path.unlink()


@pytest.fixture
def pihatupa() -> MeetingPlace:
    centre = FamilyCentreFactory(slug="posio", name_fi="Posion perhekeskus")
    return MeetingPlaceFactory(centre=centre, slug="pihatupa", name_fi="Pihatupa")


@pytest.fixture
def coordinator(pihatupa: MeetingPlace) -> Client:
    user = MembershipFactory(centre=pihatupa.centre, user=UserFactory(is_staff=True)).user
    client = Client()
    assert client.login(username=user.email, password=PASSWORD)
    return client


def photo(size: tuple[int, int] = (4000, 3000), **options: Any) -> Any:
    return file_of(picture("JPEG", size=size, **options), "IMG_0001.JPG")


def send(desk: Client, row: MeetingPlace, **changes: Any) -> Any:
    path = address("change", row, row.pk)
    return desk.post(path, filled(desk.get(path)) | changes)


def upload(desk: Client, row: MeetingPlace, **changes: Any) -> None:
    assert send(desk, row, **({"photo": photo(), "photo_alt_fi": ALT} | changes)).status_code == 302
    row.refresh_from_db()


def image(client: Client, path: str = "/posio/kohtaamispaikat/pihatupa/") -> Any:
    page = html.fromstring(client.get(path).content.decode())
    return page.find_class("photo")[0]


def test_a_photo_is_as_large_as_a_page_shows_it_and_no_larger():
    assert (PHOTO.reencoded(photo()).width, PHOTO.reencoded(photo()).height) == (1000, 750)
    assert (PHOTO.reencoded(photo((600, 800))).width, PHOTO.reencoded(photo((600, 800))).height) == (562, 750)
    assert PHOTO.reencoded(photo((640, 480))).width == 640


def test_a_photo_does_not_tell_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (66.0, 30.0, 12.0)
    sent = photo((400, 300), exif=exif)
    assert Image.open(BytesIO(sent.read())).getexif().get_ifd(GPS)
    sent.seek(0)

    kept = Image.open(BytesIO(PHOTO.reencoded(sent).read()))

    assert dict(kept.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile"} & kept.info.keys()
    assert kept.size == (300, 400)


def test_no_photo_makes_a_page_heavy():
    """Not one of a birch in the wind either."""
    leaves = Image.effect_noise((350, 262), 40).resize((1000, 750)).convert("RGB")
    sent = BytesIO()
    leaves.save(sent, "PNG")

    assert PHOTO.reencoded(file_of(sent.getvalue())).size < LIGHT


def test_a_photo_larger_than_five_megabytes_is_refused():
    with override("en"), pytest.raises(ValidationError, match="larger than 5 MB"):
        PHOTO.reencoded(file_of(picture("JPEG") + bytes(5 * 1024 * 1024), "IMG.JPG"))


def test_a_drawing_is_refused_with_the_reason():
    with override("en"), pytest.raises(ValidationError, match=r"may hold programs .* Send a photo"):
        PHOTO.reencoded(file_of(b"<svg/>", "kuva.svg"))


def test_a_photo_is_uploaded_seen_replaced_and_taken_away(
    coordinator: Client, client: Client, pihatupa: MeetingPlace, django_capture_on_commit_callbacks: Any
):
    # Given a phone's photo
    upload(coordinator, pihatupa)
    (first,) = kept_files("photos")
    assert (pihatupa.photo.name, pihatupa.photo_width, pihatupa.photo_height) == (
        f"photos/{first.name}",
        1000,
        750,
    )

    # Then families see it, and its place is free while it is fetched
    assert dict(image(client).items()) | {"class": ""} == {
        "class": "",
        "src": f"/media/photos/{first.name}",
        "alt": ALT,
        "width": "1000",
        "height": "750",
        "loading": "lazy",
        "decoding": "async",
    }
    answer = client.get(pihatupa.photo.url)
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).size == (1000, 750)
    assert (answer["Content-Type"], answer.cookies) == ("image/webp", {})
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"

    # When another is uploaded, the first is gone once that is sure
    with django_capture_on_commit_callbacks(execute=True):
        upload(coordinator, pihatupa)
    (second,) = kept_files("photos")
    assert second != first

    # When it is taken away, nothing is left
    with django_capture_on_commit_callbacks(execute=True):
        send(coordinator, pihatupa, **{"photo-clear": "on"})
    pihatupa.refresh_from_db()
    assert (pihatupa.photo.name, pihatupa.photo_width, kept_files("photos")) == ("", 0, [])
    assert b'class="photo' not in client.get("/posio/kohtaamispaikat/pihatupa/").content


def test_who_shares_the_page_shares_its_photo(coordinator: Client, client: Client, pihatupa: MeetingPlace):
    path = "/posio/kohtaamispaikat/pihatupa/"
    shared = "//meta[@property='og:image']/@content"
    before = html.fromstring(client.get(path).content.decode()).xpath(shared)
    upload(coordinator, pihatupa)

    after = html.fromstring(client.get(path).content.decode()).xpath(shared)

    assert "/img/og-image" in before[0]
    assert after[0].endswith(f"://testserver{pihatupa.photo.url}")


def test_what_it_shows_is_read_in_the_readers_language(client: Client, pihatupa: MeetingPlace):
    words = {"photo_alt_fi": ALT, "photo_alt_sv": "En röd dörr."}
    MeetingPlace.objects.filter(pk=pihatupa.pk).update(photo="photos/x.webp", photo_width=1000, **words)

    assert image(client).get("lang") is None
    swedish = image(client, "/sv/posio/motesplatser/pihatupa/")
    assert (swedish.get("alt"), swedish.get("lang")) == ("En röd dörr.", None)
    english = image(client, "/en/posio/meeting-places/pihatupa/")
    assert (english.get("alt"), english.get("lang")) == (ALT, "fi")


def test_a_photo_without_words_is_asked_for_them_beside_their_box(
    coordinator: Client, pihatupa: MeetingPlace
):
    answer = send(coordinator, pihatupa, photo=photo())

    assert answer.status_code == 400
    assert len(beside(answer, "photo_alt_fi")) == 1
    assert kept_files("photos") == []


def test_after_a_mistake_elsewhere_the_kept_photo_is_shown_and_the_new_one_asked_for_again(
    coordinator: Client, pihatupa: MeetingPlace
):
    upload(coordinator, pihatupa)
    (kept,) = kept_files("photos")

    answer = send(coordinator, pihatupa, photo=photo(), summary_fi="")
    page = html.fromstring(answer.content.decode())

    assert page.xpath("//img[@class='picture-now']/@src") == [f"/media/photos/{kept.name}"]
    assert "Valitse kuva uudelleen" in page.xpath("string(//div[contains(@class, 'field-photo')])")
    assert kept_files("photos") == [kept]
    assert kept.name not in page.xpath("string(//div[@id='content-main'])")


def test_where_somebody_else_saved_meanwhile_the_photo_is_asked_for_again(
    coordinator: Client, pihatupa: MeetingPlace
):
    path = address("change", pihatupa, pihatupa.pk)
    opened = filled(coordinator.get(path))
    save(coordinator, path, name_fi="Toisen nimi")

    mine = {"name_fi": "Oma nimi", "photo": photo(), "photo_alt_fi": ALT}
    answer = coordinator.post(path, opened | mine)

    assert answer.status_code == 409
    assert len(beside(answer, "photo")) == 1
    assert kept_files("photos") == []


def test_saving_the_rest_keeps_the_photo(
    coordinator: Client, pihatupa: MeetingPlace, django_capture_on_commit_callbacks: Any
):
    upload(coordinator, pihatupa)

    with django_capture_on_commit_callbacks(execute=True):
        upload(coordinator, pihatupa, photo="", name_fi="Uusi nimi")

    assert (pihatupa.name_fi, pihatupa.photo_width, len(kept_files("photos"))) == ("Uusi nimi", 1000, 1)


def test_a_refused_picture_changes_nothing(coordinator: Client, pihatupa: MeetingPlace):
    answer = send(coordinator, pihatupa, photo=file_of(b"<svg/>", "kuva.svg"), photo_alt_fi=ALT)

    assert (answer.status_code, len(errors(answer)), kept_files("photos")) == (400, 1, [])
    pihatupa.refresh_from_db()
    assert (pihatupa.photo.name, pihatupa.photo_alt_fi or "") == ("", "")


def test_a_file_that_another_meeting_place_shows_is_kept(
    coordinator: Client, pihatupa: MeetingPlace, django_capture_on_commit_callbacks: Any
):
    upload(coordinator, pihatupa)
    MeetingPlaceFactory(photo=pihatupa.photo.name, photo_alt_fi=ALT)

    with django_capture_on_commit_callbacks(execute=True):
        send(coordinator, pihatupa, **{"photo-clear": "on"})

    assert len(kept_files("photos")) == 1


@pytest.mark.parametrize("deleted", ["pihatupa", "its centre"])
def test_what_is_deleted_takes_its_photo_along(
    coordinator: Client, pihatupa: MeetingPlace, deleted: str, django_capture_on_commit_callbacks: Any
):
    upload(coordinator, pihatupa)
    desk, user = Client(), UserFactory(is_staff=True, is_superuser=True)
    assert desk.login(username=user.email, password=PASSWORD)
    row = pihatupa if deleted == "pihatupa" else pihatupa.centre

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address("delete", row, row.pk), {"post": "yes"})

    assert (MeetingPlace.objects.count(), kept_files("photos")) == (0, [])


def test_many_deleted_from_the_list_take_their_photos_along(
    coordinator: Client, pihatupa: MeetingPlace, django_capture_on_commit_callbacks: Any
):
    upload(coordinator, pihatupa)
    chosen = {"action": "delete_selected", "_selected_action": [pihatupa.pk], "post": "yes"}

    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(address("changelist", pihatupa), chosen)

    assert (MeetingPlace.objects.count(), kept_files("photos")) == (0, [])


def test_the_words_of_a_photo_are_recorded_and_stay_with_it(coordinator: Client, pihatupa: MeetingPlace):
    """Going back to before there was a photo keeps it, and what tells of it."""
    save(coordinator, address("change", pihatupa, pihatupa.pk), name_fi="Vanha nimi")
    upload(coordinator, pihatupa, name_fi="Uusi nimi")
    assert any(ALT in line for line in history(coordinator, pihatupa)[0])

    assert undo(coordinator, pihatupa).status_code == 302

    pihatupa.refresh_from_db()
    assert (pihatupa.name_fi, pihatupa.photo_alt_fi) == ("Vanha nimi", ALT)
    assert len(kept_files("photos")) == 1


def test_somebody_elses_photo_is_not_replaced(pihatupa: MeetingPlace):
    elsewhere = MembershipFactory(user=UserFactory(is_staff=True)).user
    client = Client()
    assert client.login(username=elsewhere.email, password=PASSWORD)

    answer = client.post(address("change", pihatupa, pihatupa.pk), {"photo": photo(), "photo_alt_fi": ALT})

    assert answer.status_code in {302, 403, 404}
    assert kept_files("photos") == []


def test_a_photo_costs_a_page_no_query(
    coordinator: Client, client: Client, pihatupa: MeetingPlace, django_assert_num_queries: Any
):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    path = "/posio/kohtaamispaikat/pihatupa/"
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
        without = len(queries)
    upload(coordinator, pihatupa)

    with django_assert_num_queries(without):
        client.get(path)
