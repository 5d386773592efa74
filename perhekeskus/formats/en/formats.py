"""English for readers in Finland: "24 December 2026", "09:30". Django's own is American."""

from perhekeskus.formats import finland

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"
TIME_FORMAT = "H:i"
# With full stops, as all around: 5/6 would be in May to one reader and in June to another.
SHORT_DATE_FORMAT = finland.SHORT_DATE_FORMAT
SHORT_DATETIME_FORMAT = "j.n.Y H:i"
FIRST_DAY_OF_WEEK = finland.FIRST_DAY_OF_WEEK
DATE_INPUT_FORMATS = finland.DATE_INPUT_FORMATS
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", *finland.TIME_INPUT_FORMATS]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"]
