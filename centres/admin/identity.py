"""A centre's colour, logo and notice on its form."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from centres.admin.pictures import Pictured
from centres.logo import LOGO


class SwatchSelect(forms.RadioSelect):
    """Colours to choose from, each seen and named."""

    class Media:
        css = {"all": ["desk/accents.css"]}

    def create_option(self, name, value, label, *args, **kwargs):
        label = format_html(
            '<span class="swatch" data-accent="{}" aria-hidden="true"></span> {}', value, label
        )
        return super().create_option(name, value, label, *args, **kwargs)


class Identity(Pictured):
    """The part of a centre's page that is about its looks and its notice."""

    picture = LOGO
    without_picture = _("No logo: the portal's own mark is shown.")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "accent":
            kwargs["widget"] = SwatchSelect
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @admin.display(description=_("the notice today"))
    def notice_now(self, centre):
        if not centre.notice_fi:
            return _("There is no notice.")
        if centre.gives_notice(timezone.localdate()):
            return _("Families see the notice today.")
        return _("Families do not see the notice today.")
