"""Web addresses that a page may link to."""

from django.core.validators import URLValidator
from django.db import models


class WebField(models.URLField):
    """An address of a web page: https or http, nothing that runs, nothing that a browser hands on."""

    default_validators = [URLValidator(schemes=["https", "http"])]
