"""How the migrations of both rooms tell language versions, as it stood when they were written.

They do not ask `centres.versions`, which may say it otherwise by the time they run.
"""

import json
import re
from hashlib import blake2b
from html import unescape
from itertools import islice

LANGUAGES = ["fi_simple", "sv", "en", "se"]
PLAIN_FINNISH = "fi_simple"
_TAGS = re.compile(r"<[^>]*>")
_AT_ONCE = 50


def fill(model, texts, essential, essential_in_plain, unmissed=None):
    """Says of all rows of `model` what each version was made from, and how it stands.

    By field: its `texts`, those that a version is missing without, those that plain Finnish is missing without, and
    those that no reader misses; None for these where a version is whole though a text is lacking.
    """
    derived = [f"{what}_{code}" for what in ("made_from", "state") for code in LANGUAGES]
    written = [f"{text}_{code}" for text in texts for code in ["fi", *LANGUAGES]]
    rows = model._default_manager.order_by("pk").only("pk", *written, *derived).iterator(chunk_size=_AT_ONCE)
    while part := list(islice(rows, _AT_ONCE)):
        for row in part:
            for code in LANGUAGES:
                if code == PLAIN_FINNISH:
                    needless = None if unmissed is None else [*unmissed, "name"]
                    _derive(row, code, texts, essential_in_plain, needless)
                else:
                    _derive(row, code, texts, essential, unmissed)
        model._default_manager.bulk_update(part, derived)


def count_parts_as_whole(model):
    """Before there were versions in part they counted as whole."""
    for code in LANGUAGES:
        model._default_manager.filter(**{f"state_{code}": "partly"}).update(**{f"state_{code}": "whole"})


def _derive(row, code, texts, essential, unmissed):
    finnish, own = _digests(row, texts, "fi"), _digests(row, texts, code)
    before = json.loads(getattr(row, f"made_from_{code}") or "{}")
    made = {}
    for text, now in own.items():
        if now:
            then = before.get(text, ["", ""])
            made[text] = then if then[0] == now else [now, finnish[text]]
    setattr(row, f"made_from_{code}", json.dumps(made, sort_keys=True) if made else "")
    setattr(row, f"state_{code}", _state(made, finnish, essential, unmissed))


def _state(made, finnish, essential, unmissed):
    lacking = {text for text, there in finnish.items() if there and text not in made}
    if lacking & set(essential):
        return "missing"
    if any(origin != finnish[text] for text, (_own, origin) in made.items()):
        return "older"
    if made and unmissed is not None and lacking - set(unmissed):
        return "partly"
    return "whole" if made else ""


def _digests(row, texts, code):
    return {text: _digest(getattr(row, f"{text}_{code}") or "") for text in texts}


def _digest(text):
    words = " ".join((unescape(_TAGS.sub(" ", text)) if "<" in text else text).split())
    return blake2b(words.encode(), digest_size=4).hexdigest() if words else ""
