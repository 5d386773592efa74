"""Finnish: as Django has it, but "24. joulukuuta" is inflected, and a form shows times without seconds."""

from perhekeskus.formats import finland

MONTH_DAY_FORMAT = "j. E"
TIME_INPUT_FORMATS = finland.TIME_INPUT_FORMATS
DATETIME_INPUT_FORMATS = finland.DATETIME_INPUT_FORMATS
