"""What a professional looks for somebody to ask about."""

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.sealing import seal
from centres.age_field import AgeField
from networks.filters import WordsAgeAndTheme

# What the words are called in an address that holds them sealed, and what they are sealed for (ADR 11).
SEALED = "words"
PURPOSE = b"perhekeskus: words of the directory"


class Worry(WordsAgeAndTheme):
    """What a worry is told by, the age as it is typed: "6", "6 v", "8 kk"."""

    age = AgeField(label=_("Child's age"), max_length=20, required=False)

    field_order: tuple[str, ...] = ("age", "theme", "q")

    def __init__(self, data, centre, today):
        super().__init__(data, centre, today)
        self.fields["q"].error_messages["max_length"] = _("That is too long to search for. Write less.")
        self.fields["theme"].error_messages["invalid_choice"] = _(
            "This list has no such choice. Choose again."
        )
        self.full_clean()

    @property
    def months(self):
        """The chosen age as half-open months; open on both sides where none is chosen."""
        return self.chosen.get("age", (None, None))

    @property
    def words(self):
        """The words that are looked for; empty where none are."""
        return self.chosen.get("q", "")

    @property
    def ways(self):
        """The ids of the chosen theme's ways of service; none where no theme is chosen."""
        theme = self.chosen.get("theme")
        return self.reach[theme].ways if theme else []

    @property
    def told(self):
        """What is chosen, in words: pairs of a field's label and what was typed, or the name of the theme."""
        words = {name: self.data[name].strip() for name in self.chosen}
        if "theme" in words:
            words["theme"] = self.themes[words["theme"]].name
        return [(field.label, words[field.name]) for field in self if field.name in words]

    @property
    def query(self):
        """What is chosen, as it was typed, as the query of an address: "?age=6+v"; empty where nothing is."""
        chosen = {name: self.data[name].strip() for name in self.chosen}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def sealed_query(self):
        """As `query`, for the directory of people: the words, which may be somebody's name, are sealed."""
        chosen = {name: self.data[name].strip() for name in self.chosen if name != "q"}
        chosen |= {SEALED: seal(self.words, PURPOSE)} if self.words else {}
        return f"?{urlencode(chosen)}" if chosen else ""

    def narrowing(self, rows, find, but=""):
        """Those of `rows` that all of it lets through, but for the one thing named `but`; by words `find` finds them.

        `rows` know their ages and topics (`for_ages`, `about`); ``find(rows, words)`` gives those that hold the words.
        """
        if self.words and but != "q":
            rows = find(rows, self.words)
        if "age" in self.chosen and but != "age":
            rows = rows.for_ages(*self.months)
        return rows.about(self.topics) if but != "theme" else rows
