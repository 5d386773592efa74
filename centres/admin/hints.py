"""Hints for whoever writes a text: too long for a card, a long sentence, long words."""

from functools import partial

from django.conf import settings
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext_lazy as _

from centres.admin.checks import CHECKS, Said, check_attributes
from centres.readability import Trouble, hard_sentences
from centres.versions import PLAIN_FINNISH

# A card of the narrowest phone shows four lines of so many letters; plain Finnish needs more sentences.
FITS_A_CARD = 140
FITS_A_CARD_IN_PLAIN_FINNISH = 180
# The fields shown on cards, in every model that has them.
ON_CARDS = ("summary",)
# One line, which needs no measure.
NO_SENTENCES = ("name", "municipality", "keywords", "label", "hours", "cost")

# Translators: {words} are some words or the beginning of a sentence, {number} is how many words it has.
HINTS = {
    Trouble.LONG_SENTENCE: _("A long sentence ({number} words): “{words}” Could it be two?"),
    Trouble.LONG_WORDS: _("Long words: {words}. Is there a shorter or more familiar one?"),
}
TOO_LONG = _("This is long for a card: families see it best in {number} characters.")


def hint(text, language, on_card):
    """What is said of `text` in `language`: the first thing that would make it easier, or nothing."""
    fits = FITS_A_CARD_IN_PLAIN_FINNISH if language == PLAIN_FINNISH else FITS_A_CARD
    if on_card and len(text) > fits:
        return Said(format_lazy(TOO_LONG, number=fits), trouble=True)
    for hard in hard_sentences(text, language):
        shown = (
            Truncator(hard.sentence).words(5)
            if hard.trouble is Trouble.LONG_SENTENCE
            else ", ".join(dict.fromkeys(hard.words))
        )
        return Said(format_lazy(HINTS[hard.trouble], words=shown, number=len(hard.words)), trouble=True)
    return Said("")


def hinting(form_field, field):
    """Lets the box of the translated `field` of a model show how long its text is, and what would make it easier."""
    name = field.translated_field.name
    if name in NO_SENTENCES:
        return
    kind = "card" if name in ON_CARDS else "text"
    form_field.widget.attrs |= check_attributes(f"{kind}-{field.language}")
    if form_field.max_length:
        form_field.widget.attrs["data-count"] = form_field.max_length


for language, _name in settings.LANGUAGES:
    CHECKS[f"card-{language}"] = partial(hint, language=language, on_card=True)
    CHECKS[f"text-{language}"] = partial(hint, language=language, on_card=False)
