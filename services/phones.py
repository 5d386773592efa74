"""Telephone numbers as families dial them, checked and formatted with Google's `phonenumbers`."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from phonenumbers.shortnumberinfo import (
    ShortNumberCost,
    expected_cost_for_region,
    is_valid_short_number_for_region,
)

REGION = "FI"
# European harmonised numbers of social value: free to call (Commission Decision 2007/116/EC).
_HARMONISED = "116"
# What stands in a number beside its digits: spaces, hyphens, brackets, dots, and marks that nobody sees and that come
# along with what was copied. The library also reads letters ("x" begins an extension) and leaves them out silently.
_NUMBER = re.compile(r"\+?[0-9\s().\u002d\u00ad\u200b\u2010-\u2015\u2060]+")
# 040, 050 and the like are 10 digits long, the oldest of them 9; the library takes any from 7 on, as the plan reserves.
_SHORTEST_MOBILE = 9
# Service numbers that may cost more than a call (Traficom's numbering: 0100, 0200, 02020 …, 0300, 0600, 0700, 0751–2).
# The library knows only the last of these series apart from a company's ordinary number (010, 020, 029).
_SERVICE_SERIES = (
    *("0100", "0200", "02020", "02022", "02023", "02098", "02099"),
    *("0300", "0600", "0700", "0751", "0752"),
)


@dataclass(frozen=True)
class Phone:
    """A number: how it is shown, what a tap dials, and what it costs."""

    display: str
    href: str
    short: bool = False
    free: bool = False
    extra_charge: bool = False


def parse(text):
    """The number written in `text` as a `Phone`; None when it cannot be dialled in Finland."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    digits = "".join(character for character in text if character in "0123456789")
    # Short numbers first: to the general parser 116 111 is a misread landline.
    if not text.startswith("+") and _is_short(digits):
        grouped = f"{digits[:3]} {digits[3:]}" if len(digits) > 3 else digits
        free = digits == "112" or digits.startswith(_HARMONISED)
        return Phone(
            grouped, f"tel:{digits}", short=True, free=free, extra_charge=not free and _costs(digits)
        )
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or _misses_digits(number):
        return None
    return _long(number, text)


def _misses_digits(number):
    """Whether a Finnish mobile number is shorter than any that there is: some of it was left out in writing."""
    mobile = phonenumbers.number_type(number) == PhoneNumberType.MOBILE
    return mobile and number.country_code == 358 and len(f"0{number.national_number}") < _SHORTEST_MOBILE


def _is_short(digits):
    # 116 117 (out-of-hours medical advice) is missing from the library's table of Finland's short numbers.
    harmonised = len(digits) == 6 and digits.startswith(_HARMONISED)
    return harmonised or (3 <= len(digits) <= 6 and is_valid_short_number_for_region(_number(digits), REGION))


def _costs(digits):
    return expected_cost_for_region(_number(digits), REGION) == ShortNumberCost.PREMIUM_RATE


def _number(digits):
    return phonenumbers.PhoneNumber(country_code=358, national_number=int(digits))


def _long(number, text):
    kind = phonenumbers.number_type(number)
    form = PhoneNumberFormat.NATIONAL if number.country_code == 358 else PhoneNumberFormat.INTERNATIONAL
    return Phone(
        display=_known_grouping(text) or phonenumbers.format_number(number, form),
        href=phonenumbers.format_number(number, PhoneNumberFormat.RFC3966),
        free=kind == PhoneNumberType.TOLL_FREE,
        extra_charge=kind in (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST)
        or (number.country_code == 358 and f"0{number.national_number}".startswith(_SERVICE_SERIES)),
    )


def _known_grouping(text):
    """A domestic number as its owner groups it: who is afraid compares "080 005 005" with the poster on the wall."""
    groups = text.split()
    domestic = "".join(groups).isdigit() and not groups[0].startswith("00")
    return " ".join(groups) if len(groups) > 1 and domestic else ""
