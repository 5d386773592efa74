"""The editor of rich text: what it offers is what `centres.richtext` lets through."""

from django import forms
from django_prose_editor.widgets import AdminProseEditorWidget

from centres.folding import plain
from centres.richtext import SCHEMES, refuse_tangled, sanitised

# The style sheet that Tiptap, inside the editor, writes into the page: the one inline style that the desk admits, and
# only on forms. It belongs to the pinned version of django-prose-editor; a browser test fails when it changes.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

EXTENSIONS = {
    "Heading": {"levels": [2, 3]},
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": sorted(SCHEMES)},
    # Browsers know how to spell Finnish: let them.
    "NoSpellCheck": False,
}


class RichTextWidget(AdminProseEditorWidget):
    """A text area that becomes an editor when the browser runs scripts, and holds plain HTML when it does not."""

    class Media:
        js = ["desk/editor.js"]

    def __init__(self, attrs=None):
        super().__init__(attrs, config={"extensions": EXTENSIONS}, preset="configurable")


class RichTextFormField(forms.CharField):
    """Sanitised HTML. An editor that holds nothing sends an empty paragraph: that is no text."""

    widget = RichTextWidget

    def to_python(self, value):
        typed = super().to_python(value) or ""
        refuse_tangled(typed)
        html = sanitised(typed)
        return html if plain(html).strip() else ""
