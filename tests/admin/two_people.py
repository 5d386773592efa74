"""Two people at one form of the desk: what the second one is told."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from lxml import html

from tests.admin.forms import address

Saving = Callable[..., Any]
Opening = Callable[[Any], Saving]


def change(row: Any) -> str:
    return address("change", row, row.pk)


def differences(answer: Any) -> list[str]:
    page = html.fromstring(answer.content.decode())
    return [in_one_line(each) for each in page.xpath("//*[@class='conflict__field']")]


def in_one_line(element: Any) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def told(answer: Any) -> list[str]:
    """What is said above the next page."""
    return [message.message for message in get_messages(answer.wsgi_request) if message.level_tag == "info"]


def kept(*names: str) -> str:
    return f"Somebody else saved this meanwhile. What they changed is kept beside yours: {'; '.join(names)}."


def added(number: int, **values: str) -> dict[str, str]:
    """One row more among the contacts of a form that has `number` of them."""
    return {"contacts-TOTAL_FORMS": str(number + 1)} | {
        f"contacts-{number}-{name}": value
        for name, value in ({"kind": "phone", "order": "0"} | values).items()
    }
