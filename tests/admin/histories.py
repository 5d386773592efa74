"""The pages of histories, as their reader sees and uses them."""

import re
from typing import Any

from django.test import Client
from lxml import html

from tests.admin.forms import address


def change(row: Any) -> str:
    return address("change", row, row.pk)


def words(node: Any) -> str:
    """What a reader sees of a part of a page, with what was taken away and added marked."""
    for hidden in node.xpath(".//*[@class='visually-hidden']"):
        hidden.drop_tree()
    for tag, sign in (("del", "-"), ("ins", "+")):
        for mark in node.xpath(f".//{tag}"):
            mark.text = f"[{sign}{mark.text or ''}"
            mark.tail = f"]{mark.tail or ''}"
    return re.sub(r"\s+", " ", re.sub(r"\b10[.:]\d\d\b", "at ten", node.text_content())).strip()


def told(page: Any) -> list[list[str]]:
    """Each entry of a history: its fields as "label: what became of it", and its rows."""
    tree = html.fromstring(page.content.decode())
    return [
        [words(part) for part in entry.xpath(".//p[@class='change__row'] | .//div[@class='change__field']")]
        for entry in tree.xpath("//*[@class='history__entry']")
    ]


def history(desk: Client, row: Any, prefix: str = "/en") -> list[list[str]]:
    return told(desk.get(f"{prefix}{address('history', row, row.pk)}"))


def how(page: Any) -> list[str]:
    """What each entry of a history says of what was done, where it was more than saving."""
    tree = html.fromstring(page.content.decode())
    return [words(each) for each in tree.xpath("//*[@class='history__how']")]


def ways_back(desk: Client, row: Any) -> list[str]:
    page = html.fromstring(desk.get(address("history", row, row.pk)).content.decode())
    return page.xpath("//a[contains(@class, 'history__back')]/@href")


def undo(desk: Client, row: Any, steps: int = 1) -> Any:
    """Takes a row back by so many changes, as a coordinator would: history, the way back, confirm."""
    way = ways_back(desk, row)[steps - 1]
    assert desk.get(way).status_code == 200
    return desk.post(way)


def state(*models: Any) -> list[list[dict[str, Any]]]:
    """All rows of `models`, but for when they were saved; an empty text and none are the same to every reader.

    The key of a pair of a many-to-many relation means nothing.
    """
    return [
        [
            {
                name: value or None
                for name, value in row.items()
                if name not in (("id",) if model._meta.auto_created else ("updated_at", "name"))
            }
            for row in model.objects.order_by("pk").values()
        ]
        for model in models
    ]
