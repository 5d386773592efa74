"""Dates and times as they are written in Finland: 24.12.2026, 9.30. The week begins on Monday.

Django looks for formats in this package first (FORMAT_MODULE_PATH), one folder a language, and takes what is not
there from its own. Plain Finnish has no folder: it is written as Finnish is.
"""

SHORT_DATE_FORMAT = "j.n.Y"
SHORT_DATETIME_FORMAT = "j.n.Y G.i"
TIME_FORMAT = "G.i"
FIRST_DAY_OF_WEEK = 1

# The first of each is what a form shows, so the one without seconds: opening hours have none.
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%y"]
# "9" is what hands write on paper; a phone's number pad in Finnish has a comma and no full stop.
TIME_INPUT_FORMATS = ["%H.%M", "%H.%M.%S", "%H,%M", "%H"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H.%M", "%d.%m.%Y %H.%M.%S"]
