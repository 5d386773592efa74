"""Sending a form of the desk as a browser would: everything as it stands on the page, but what the test changes."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from lxml import html
from reversion.models import Version

from networks.models import AccessRequest


def address(page: str, row: type[Model] | Model, *args: Any) -> str:
    """The desk's Finnish address of `page` ("changelist", "add", "change" …) for a model or a row."""
    with override("fi"):
        return reverse(f"{admin.site.name}:{row._meta.app_label}_{row._meta.model_name}_{page}", args=args)


# Made by whoever asks, on a page for all.
NOT_ENTERED = (AccessRequest,)


def pages_of(row: Model) -> list[str]:
    """Every address that the desk has for a row and its model; what nobody enters there has no form for a new one."""
    return [
        address("changelist", row),
        *([] if type(row) in NOT_ENTERED else [address("add", row)]),
        address("change", row, row.pk),
        address("history", row, row.pk),
        address("delete", row, row.pk),
    ]


def filled(response: Any) -> dict[str, list[str]]:
    """The fields of the page's main form, as a browser would send them untouched."""
    page = html.fromstring(response.content.decode())
    form = page.xpath("//div[@id='content-main']//form[not(@class='object-tool')]")[0]
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def save(client: Client, path: str, **changes: Any) -> Any:
    """Opens the form at `path`, changes some of its fields and saves it."""
    values = filled(client.get(path)) | changes
    return client.post(path, urlencode(values, doseq=True), content_type="application/x-www-form-urlencoded")


def errors(response: Any) -> list[str]:
    """What the form complains of, from top to bottom."""
    page = html.fromstring(response.content.decode())
    return [item.text_content().strip() for item in page.xpath("//ul[contains(@class, 'errorlist')]/li")]


def beside(response: Any, name: str) -> list[str]:
    """What the form complains of beside its field `name`."""
    page = html.fromstring(response.content.decode())
    return [item.text_content().strip() for item in page.xpath(f"//ul[@id='id_{name}_error']/li")]


def changed_by(row: Model) -> list[Any]:
    """Who changed `row`, as its history tells it, newest first; None for what was found changed."""
    return [version.revision.user for version in Version.objects.get_for_object(row)]
