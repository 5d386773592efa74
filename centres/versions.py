"""How each language version of a row stands to its Finnish text: missing, in part missing, older than it, or whole.

A version is not told by when it was saved: whoever mends a phone number saves Swedish too. Each text carries a digest
of itself and of the Finnish that it was made from. Where the Finnish has changed since, and the text has not, it is
older.
"""

import json
from hashlib import blake2b

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from centres.folding import plain
from centres.languages import FINNISH, column

PLAIN_FINNISH = "fi-simple"
OTHER_LANGUAGES = [code for code, _name in settings.LANGUAGES if code != FINNISH]


class VersionState(models.TextChoices):
    """How a language version stands to the Finnish text."""

    NOTHING = "", _("nothing to translate")
    MISSING = "missing", _("missing")
    OLDER = "older", _("older than the Finnish")
    PARTLY = "partly", _("partly missing")
    WHOLE = "whole", _("up to date")


def digest(text):
    """Eight letters that change when the words of `text` do; its markup and spaces do not count. Empty for no text."""
    words = " ".join(plain(text).split() if "<" in (text or "") else (text or "").split())
    return blake2b(words.encode(), digest_size=4).hexdigest() if words else ""


def digests(row, fields, language):
    """The digest of each of `fields` of `row` in `language`, by field."""
    return {field: digest(getattr(row, column(field, language))) for field in fields}


def origins(before, own, finnish):
    """What each text of a version was made from, as ``{field: [its own digest, the Finnish one's]}``.

    `before` is the same as it stood; `own` and `finnish` are the texts' digests now. A text that was touched is taken
    to be made from the Finnish of now, one that was not keeps its origin.
    """
    made = {}
    for field, now in own.items():
        if now:
            then = before.get(field, ["", ""])
            made[field] = then if then[0] == now else [now, finnish[field]]
    return made


def state(made, finnish, essential, unmissed=()):
    """The `VersionState` of a version whose texts were made as `made` (see `origins`) tells.

    `essential` are the fields that a reader cannot do without, where there is any Finnish text in them; `unmissed`
    those that no reader misses. Any other that is lacking is read in Finnish: the version is there in part.
    """
    if any(finnish[field] and field not in made for field in essential):
        return VersionState.MISSING
    if any(origin != finnish[field] for field, (_own, origin) in made.items()):
        return VersionState.OLDER
    if made and any(finnish[field] and field not in made for field in finnish.keys() - set(unmissed)):
        return VersionState.PARTLY
    return VersionState.WHOLE if made else VersionState.NOTHING


def derive(row, language, fields, essential, unmissed=()):
    """Sets the two columns of `row` about its version in `language`, from its texts as they are now."""
    made_from, finnish = column("made_from", language), digests(row, fields, FINNISH)
    before = json.loads(getattr(row, made_from) or "{}")
    made = origins(before, digests(row, fields, language), finnish)
    setattr(row, made_from, json.dumps(made, sort_keys=True) if made else "")
    setattr(row, column("state", language), str(state(made, finnish, essential, unmissed)))


class MadeFromField(models.TextField):
    """What the row's texts in one `language` were made from; derives the state beside it too."""

    def __init__(self, *args, language="sv", **kwargs):
        self.language = language
        super().__init__(*args, **kwargs | {"editable": False, "blank": True, "default": ""})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"language": self.language}

    def pre_save(self, model_instance, add):
        derive(
            model_instance,
            self.language,
            translator.get_options_for_model(type(model_instance)).get_field_names(),
            model_instance.essential_in(self.language),
            model_instance.unmissed_in(self.language),
        )
        return getattr(model_instance, self.attname)


def vouched_for(before, after, field):
    """Whether a version was said to tell what the Finnish tells while its text stayed as it was.

    `before` and `after` are the row's values by column, `field` is the MadeFromField of the version.
    """
    then, now = (json.loads(values[field.name] or "{}") for values in (before, after))
    return any(
        name in then
        and then[name][0] == own
        and then[name][1] != origin == digest(after[column(name, FINNISH)])
        for name, (own, origin) in now.items()
    )


class StateField(models.CharField):
    """A `VersionState`, which the field of what the version was made from derives as it is saved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"editable": False, "blank": True, "default": "", "max_length": 8})


class Versioned(models.Model):
    """A row whose language versions are known to be missing, older than the Finnish text, there in part, or whole."""

    # What a reader cannot do without, where it is there in Finnish: in other languages, and in plain Finnish.
    essential = ("name", "summary")
    essential_in_plain = ("summary",)
    # What no reader misses in a version: what is looked for and not shown, and what is called the same.
    unmissed: tuple[str, ...] = ()

    # Each before its state, which it derives.
    made_from_fi_simple = MadeFromField(language=PLAIN_FINNISH)
    made_from_sv = MadeFromField(language="sv")
    made_from_en = MadeFromField(language="en")
    made_from_se = MadeFromField(language="se")
    state_fi_simple = StateField()
    state_sv = StateField()
    state_en = StateField()
    state_se = StateField()

    class Meta:
        abstract = True

    def essential_in(self, language):
        """The fields that a version in `language` is missing without."""
        return self.essential_in_plain if language == PLAIN_FINNISH else self.essential

    def unmissed_in(self, language):
        """The fields without which a version in `language` is whole; a name may stay the same in plain Finnish."""
        return (*self.unmissed, "name") if language == PLAIN_FINNISH else self.unmissed

    def state_in(self, language):
        """The `VersionState` of the version in `language`, one of `OTHER_LANGUAGES`."""
        return VersionState(getattr(self, column("state", language)))

    def vouch_for(self, language):
        """Says that the version in `language` tells what the Finnish tells now, as the next save will have it."""
        setattr(self, column("made_from", language), "")
