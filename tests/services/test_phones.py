"""Numbers as families dial them: what is shown, what a tap dials, what it costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.phones import Phone, parse


@pytest.mark.parametrize(
    ("text", "display", "href"),
    [
        ("112", "112", "tel:112"),
        ("116 111", "116 111", "tel:116111"),
        ("116111", "116 111", "tel:116111"),
        ("116 117", "116 117", "tel:116117"),
        ("116 006", "116 006", "tel:116006"),
        ("116 123", "116 123", "tel:116123"),
        (" 116-000 ", "116 000", "tel:116000"),
    ],
)
def test_short_numbers_are_known_and_free(text, display, href):
    assert parse(text) == Phone(display, href, short=True, free=True)


@pytest.mark.parametrize(
    ("text", "display", "href"),
    [
        ("016 322 2020", "016 322 2020", "tel:+358-16-3222020"),
        ("0163222020", "016 3222020", "tel:+358-16-3222020"),
        ("016-3222020", "016 3222020", "tel:+358-16-3222020"),
        ("(016) 322 2020", "016 3222020", "tel:+358-16-3222020"),
        ("040 123 4567", "040 123 4567", "tel:+358-40-1234567"),
        ("0401234567", "040 1234567", "tel:+358-40-1234567"),
        ("+358 40 123 4567", "040 1234567", "tel:+358-40-1234567"),
        ("+358401234567", "040 1234567", "tel:+358-40-1234567"),
        ("00358 40 123 4567", "040 1234567", "tel:+358-40-1234567"),
        ("0400 123 456", "0400 123 456", "tel:+358-40-0123456"),
        ("050 123 456", "050 123 456", "tel:+358-50-123456"),
        ("016\u00a03221", "016 3221", "tel:+358-16-3221"),
        ("+358 (0)40 123 4567", "040 1234567", "tel:+358-40-1234567"),
        ("029 560 5600", "029 560 5600", "tel:+358-29-5605600"),
        ("+46 8 123 456 78", "+46 8 123 456 78", "tel:+46-8-123-456-78"),
    ],
)
def test_ordinary_numbers_cost_what_calls_cost(text, display, href):
    assert parse(text) == Phone(display, href)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0800 98811", Phone("0800 98811", "tel:+358-800-98811", free=True)),
        ("080 098 811", Phone("080 098 811", "tel:+358-800-98811", free=True)),
        ("0100 100", Phone("0100 100", "tel:+358-100-100", extra_charge=True)),
        ("0200 7777", Phone("0200 7777", "tel:+358-200-7777", extra_charge=True)),
        ("0300 12345", Phone("0300 12345", "tel:+358-300-12345", extra_charge=True)),
        ("0600 12345", Phone("0600 12345", "tel:+358-600-12345", extra_charge=True)),
        ("0700 12345", Phone("0700 12345", "tel:+358-700-12345", extra_charge=True)),
        ("+358 600 12345", Phone("0600 12345", "tel:+358-600-12345", extra_charge=True)),
    ],
)
def test_free_numbers_and_numbers_at_extra_charge_say_so(text, phone):
    assert parse(text) == phone


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soita",
        "1",
        "123",
        "000",
        "11²",
        "١١٢",
        "+112",
        "+358 112",
        "040",
        "040 123",
        "040 801 23",
        "+358 50 12345",
        "040 801 234x",
        "0800 KUKKA",
        "112x",
        "puh. 040 123 4567",
        "040 123 4567 ext. 5",
        "040 123 4567; 2",
        "016 3221/2",
        "016 3221 * 2",
        "016 + 3221000",
        "112112",
        "99 99 99",
        "+999 123 456",
        "040 123 4567 890 123",
        "-",
        "+",
    ],
)
def test_what_cannot_be_dialled_is_no_number(text):
    assert parse(text) is None


@given(st.text(st.characters() | st.sampled_from("0123456789+ -()²١"), max_size=20))
def test_whatever_an_editor_writes_is_a_number_or_none(text):
    phone = parse(text)
    assert phone is None or (phone.display and phone.href.startswith("tel:") and phone.href.isascii())


@given(st.sampled_from(["112", "116 111", "016 322 2020", "+46 8 123 456 78", "0600 12345", "080 098 811"]))
def test_what_is_shown_dials_the_same_number(text):
    phone = parse(text)
    assert parse(phone.display) == phone
