"""What the server writes down of itself, without what stands in the addresses of people."""

import logging
import re
from functools import cache

from django.conf import settings
from django.utils.translation import override, pgettext

# Behind these words addresses go on with people, their secrets, or links that are as good as a password.
CUT_AFTER = ("professionals/", "evaluate/", "invitation/", "new-password/")
PREVIEWS = "esikatselu/"


class WithoutPeople(logging.Formatter):
    """Formats as usual, and cuts the rest of each line behind such a word: in what is said and in tracebacks alike.

    A formatter, not a filter: it sees all that is written, and changes no record that others read.
    """

    def format(self, record):
        return _secret().sub(r"\1…", super().format(record))


@cache
def _secret():
    """Such a word in any language, and the rest of its line: a decoded address may hold spaces."""
    words = {PREVIEWS}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words |= {pgettext("address", word) for word in CUT_AFTER}
    return re.compile(rf"(/(?:{'|'.join(map(re.escape, sorted(words)))}))\S.*", re.IGNORECASE)
