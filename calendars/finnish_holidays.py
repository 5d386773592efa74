"""Finnish public holidays and working days."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from holidays import country_holidays

FIRST_YEAR, LAST_YEAR = 1900, 2100

_LIBRARY_LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}
_SATURDAY = 5


def language_of_names(language: str) -> str:
    """The language in which a reader of `language` gets the names: fi, sv or en; any other gets fi."""
    return language if language in _LIBRARY_LANGUAGES else "fi"


def public_holidays(year: int, language: str = "fi") -> dict[date, str]:
    """Date and name of each public holiday of `year`, in order, in fi, sv or en (any other: fi).

    Juhannusaatto and jouluaatto are among them, being days off for nearly everybody; the eves of New
    Year and May Day and Maundy Thursday are working days and are not. Two holidays on one date share
    one name: "Helatorstai; Vappu" (2008). Years 1900-2100; others are a ValueError, since the library
    answers them with no holidays at all. Source: the `holidays` package, country FI.
    """
    return dict(_year(year, language_of_names(language)))


def holiday_name(day: date, language: str = "fi") -> str:
    """The name of the public holiday on `day`, or "". Languages and years as in public_holidays."""
    return _year(day.year, language_of_names(language)).get(day, "")


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no public holiday, midsummer eve or Christmas eve.

    Source: the act on the calculation of statutory time limits (150/1930), section 5. Years 1900-2100.
    """
    return day.weekday() < _SATURDAY and not holiday_name(day)


def add_working_days(start: date, n: int) -> date:
    """The `n`th working day after `start`; with 0, `start` itself or the first working day after it.

    The day of asking is never counted: one working day from Friday is Monday, and so it is from the
    Saturday. A negative `n`, or a result after 2100, is a ValueError.
    """
    if n < 0:
        raise ValueError(f"cannot add {n} working days")
    day = start
    while n > 0 or not is_working_day(day):
        day += timedelta(days=1)
        n -= is_working_day(day)
    return day


@lru_cache(maxsize=64)
def _year(year: int, language: str) -> Mapping[date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"holidays are known for {FIRST_YEAR}-{LAST_YEAR}, not for {year}")
    found = country_holidays("FI", years=year, language=_LIBRARY_LANGUAGES[language], expand=False)
    return MappingProxyType(dict(sorted(found.items())))
