"""Rich text: headings, lists, links and emphasis, nothing else; sanitised whenever it is saved."""

import nh3
from django.db import models

TAGS = {"p", "br", "h2", "h3", "ul", "ol", "li", "strong", "em", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "http", "mailto", "tel"}


def sanitised(html):
    """`html` with everything but the allowed tags, attributes and address schemes taken away."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None).strip()


class RichTextField(models.TextField):
    """HTML that is safe to show as it stands: it is sanitised on the way into the database."""

    def pre_save(self, model_instance, add):
        value = getattr(model_instance, self.attname)
        if value:
            value = sanitised(value)
            setattr(model_instance, self.attname, value)
        return value
