"""Reads catalogues of translations, and the source for what must be in them; needs no GNU gettext."""

import ast
import functools
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

from tests.harness.machine import ROOT

# Where each function has its context, its singular and its plural, as Django's own makemessages has it.
_CONTEXT_AND_TEXT = {"pgettext": 2, "pgettext_lazy": 2, "npgettext": 3, "npgettext_lazy": 3}
_TEXT = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
_CALL = re.compile(rf"\b(?:{'|'.join([*_TEXT, *_CONTEXT_AND_TEXT])})\s*\(")

_NOT_OURS = {".venv", "node_modules", "var", "tests"}

# Context (or None), singular, plural (or None).
Key = tuple[str | None, str, str | None]


@dataclass
class Entry:
    """A text of a catalogue with its translations: one, or one for each plural form."""

    texts: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        return self.texts.get("msgctxt"), self.texts["msgid"], self.texts.get("msgid_plural")

    @property
    def translations(self) -> list[str]:
        return [text for name, text in self.texts.items() if name.startswith("msgstr")]

    def compiled(self) -> Iterator[tuple[str | tuple[str, int], str]]:
        """What a compiled catalogue holds of it, as `gettext.GNUTranslations` reads it; nothing if untranslated."""
        context, singular, plural = self.key
        if self.fuzzy or not any(self.translations):
            return
        name = singular if context is None else f"{context}\x04{singular}"
        for number, text in enumerate(self.translations):
            yield (name if plural is None else (name, number)), text


def read_po(path: Path) -> list[Entry]:
    """The entries of a catalogue, its header (which translates the empty text) first."""
    return parse_po(path.read_text(encoding="utf-8"))


def parse_po(text: str) -> list[Entry]:
    return [_entry(block.splitlines()) for block in text.strip().split("\n\n")]


def _entry(lines: list[str]) -> Entry:
    entry, name = Entry(), ""
    for line in lines:
        if line.startswith("#,"):
            entry.fuzzy = "fuzzy" in line
        elif not line.startswith("#"):
            keyword, quote, quoted = line.partition('"')
            name = keyword.strip() or name
            entry.texts[name] = entry.texts.get(name, "") + ast.literal_eval(quote + quoted)
    return entry


@functools.cache
def texts_in_source() -> frozenset[Key]:
    """Every text of the portal's code and templates that wants a translation."""
    found: set[Key] = set()
    for path in _files(".py"):
        found.update(texts_in_python(path.read_text(encoding="utf-8")))
    for path in (*_files(".html"), *_files(".txt")):
        found.update(texts_in_template(path.read_text(encoding="utf-8")))
    return frozenset(found)


def _files(suffix: str) -> Iterator[Path]:
    for top in ROOT.iterdir():
        if top.is_dir() and top.name not in _NOT_OURS and not top.name.startswith("."):
            yield from top.rglob(f"*{suffix}")


def texts_in_python(source: str) -> Iterator[Key]:
    """The texts that are given to a function of gettext, by whatever module's name; what is computed is no text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            wanted = _TEXT.get(name) or _CONTEXT_AND_TEXT.get(name, 0)
            texts = [arg.value for arg in node.args[:wanted] if isinstance(arg, ast.Constant)]
            if wanted and len(texts) == wanted:
                context = texts.pop(0) if name in _CONTEXT_AND_TEXT else None
                yield context, texts[0], texts[1] if len(texts) > 1 else None


def texts_in_template(source: str) -> Iterator[Key]:
    """The texts of a template, which Django turns into calls of gettext for makemessages, among much else."""
    text = templatize(source)
    for match in _CALL.finditer(text):
        depth, call = 0, ""
        for token in tokenize.generate_tokens(io.StringIO(text[match.start() :]).readline):
            call += token.string
            depth += {"(": 1, ")": -1}.get(token.string, 0)
            if token.string == ")" and depth == 0:
                break
        yield from texts_in_python(call)
