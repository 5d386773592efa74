"""Everything that a reader comes to by following whatever the portal itself names: a small crawler."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlencode, urljoin, urlsplit
from zipfile import ZipFile

from django.test import Client
from lxml import etree, html

ROOT = "http://testserver"
# Never followed: files that hold nothing of anybody's, and what only Django's tests serve.
FILES = ("/static/", "/media/")
# What is typed into a box for words.
WORD = "perhe"
# So many addresses of one shape are looked at: weeks follow each other for a year, and lists can be narrowed for ever.
OF_ONE_SHAPE = 2
_FOLDED = re.compile("\r\n[ \t]")


@dataclass(frozen=True)
class Seen:
    """What came back from an address: its kind, and all of it as text, head and cookies too."""

    path: str
    status: int
    kind: str
    text: str

    def holds(self, secret: str) -> bool:
        """Whether `secret` is in it, in letters of any size; of a number however it is spaced."""
        return secret.lower() in self.text or secret.lower() in self.text.replace(" ", "").replace("\xa0", "")


def crawl(client: Client, start: Iterable[str], languages: Iterable[str] = ()) -> list[Seen]:
    """What `client` sees from the paths in `start` on; of `languages`, prefixes such as "/sv", where they are given.

    Of addresses that differ only in numbers and in what is chosen, OF_ONE_SHAPE are followed.
    """
    waiting = list(start)
    known, shapes, seen = set(waiting), Counter[str](), []
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        seen.append(seen_at(path, response))
        found = {each for each in links(path, response) if not languages or _is_in(each, languages)}
        for each in sorted(found - known):
            known.add(each)
            shapes[shape(each)] += 1
            if shapes[shape(each)] <= OF_ONE_SHAPE:
                waiting.append(each)
        seen += [seen_at(f"POST {action}", answer) for action, answer in sent(client, path, response, known)]
    return seen


def shape(path: str) -> str:
    """`path` without its numbers and without what is chosen in it."""
    address, _question, query = path.partition("?")
    names = sorted({part.partition("=")[0] for part in query.split("&")})
    return re.sub("[0-9]+", "#", address) + "?" + "&".join(names)


def _is_in(path: str, languages: Iterable[str]) -> bool:
    first = "/" + path.split("/")[1].split("?", maxsplit=1)[0]
    return first not in {"/fi-simple", "/sv", "/en", "/se"} or first in languages


def seen_at(path: str, response: Any) -> Seen:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.get("Content-Type", "").split(";")[0]
    if body.startswith(b"PK\x03\x04"):
        body = unpacked(body)
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    text = f"{path}\n{head}\n{response.cookies}\n{_FOLDED.sub('', body.decode(errors='replace'))}"
    return Seen(path, response.status_code, kind, unescape(unquote(text)).lower())


def unpacked(workbook: bytes) -> bytes:
    """All that is written in a `workbook`, which is a zip of XML."""
    with ZipFile(BytesIO(workbook)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def links(path: str, response: Any) -> Iterator[str]:
    """The paths on this site that a response names: where it leads, and what stands in it."""
    for url in _named_in(response):
        whole = urlsplit(urljoin(ROOT + path, unescape(url).replace("webcal:", "http:")))
        is_ours = whole.scheme in ("http", "https") and whole.netloc == "testserver"
        if is_ours and not whole.path.startswith(FILES):
            yield whole.path + (f"?{whole.query}" if whole.query else "")


def _named_in(response: Any) -> Iterator[str]:
    if location := response.get("Location"):
        yield location
    kind = response.get("Content-Type", "")
    if response.streaming or not response.content:
        return
    if "openxml" in kind:
        return  # a workbook has the addresses that its CSV has, which is named beside it
    if "html" in kind:
        yield from _named_in_html(response)
    elif "xml" in kind:
        tree = etree.fromstring(response.content)
        yield from tree.xpath("//@href | //*[local-name()='loc' or local-name()='id']/text()")
    elif "json" in kind:
        yield from _strings(json.loads(response.content))
    else:
        yield from re.findall(
            r"https?://[^\s\"<>\\]+", _FOLDED.sub("", response.content.decode(errors="replace"))
        )


def _named_in_html(response: Any) -> Iterator[str]:
    page = html.fromstring(response.content.decode())
    yield from page.xpath("//@href | //@src | //@data-url")
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        yield from _strings(json.loads(script))
    for form in page.forms:
        if form.method == "GET":
            yield f"{form.get('action') or ''}?{urlencode(_filled(form))}"


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str) and data.startswith(("http", "/")):
        yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _strings(each)


def _filled(form: Any) -> list[tuple[str, str]]:
    """The fields of a form as they stand, with a word in each box for words."""
    words = set(form.xpath(".//input[@type='search' or @type='text']/@name"))
    return [(name, WORD if name in words else value) for name, value in form.form_values()]


def sent(client: Client, path: str, response: Any, known: set[str]) -> Iterator[tuple[str, Any]]:
    """The answers to the forms of a page that write, each sent once."""
    if response.streaming or "html" not in response.get("Content-Type", "") or not response.content:
        return
    for form in html.fromstring(response.content.decode()).forms:
        action = urlsplit(urljoin(path, form.get("action") or path))._replace(query="").geturl()
        if form.method == "POST" and f"POST {action}" not in known:
            known.add(f"POST {action}")
            yield action, client.post(action, dict(_filled(form)), headers={"origin": ROOT})
