"""A row with a picture at the desk: taking a new one, showing the one that is kept, throwing away what is nobody's."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from centres.languages import column
from centres.pictures import NewPicture, Picture


@dataclass(frozen=True)
class KeptPicture:
    """The picture that is kept, beside the box of a new one: the name of its file tells nobody anything."""

    url: str
    called: Any

    def __str__(self):
        return str(self.called)


class PictureInput(AdminFileWidget):
    """The box of a picture that is `called` "logo" or "photo"."""

    class Media:
        css = {"all": ["desk/pictures.css"]}

    def __init__(self, called):
        super().__init__(attrs={"accept": "image/png,image/jpeg,image/webp"})
        self.called = called

    def format_value(self, value):
        value = super().format_value(value)
        return KeptPicture(value.url, self.called) if value else value


class PictureFormField(forms.FileField):
    """An uploaded picture, written anew before it is kept."""

    def __init__(self, *, picture, **kwargs):
        super().__init__(**kwargs)
        self.picture = picture

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return self.picture.reencoded(file) if isinstance(file, UploadedFile) else file


class PictureForm(forms.ModelForm):
    """The form of a row with a picture; before other forms of the desk among the bases of a form."""

    def _sent(self):
        """The names of the pictures on the form, and what was sent for each; None where that was refused."""
        for name, field in self.fields.items():
            if isinstance(field, PictureFormField):
                yield name, self.cleaned_data.get(name)

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.errors:
            self.ask_again()

    def ask_again(self):
        """A browser sends a chosen file once: where the form comes back, it is to be chosen again."""
        for name, picture in list(self._sent()):
            if isinstance(picture, NewPicture):
                self.add_error(
                    name,
                    _("Choose the picture again: it was not kept, because something else is to be mended."),
                )

    def clean(self):
        for name, picture in self._sent():
            remember_size(self.instance, name, picture)
        return super().clean()


def remember_size(row, name, picture):
    """Sets the size of `picture` (a new one, False for none any more, else as it was) on `row`."""
    if isinstance(picture, NewPicture):
        size = picture.width, picture.height
    elif picture is False:
        size = 0, 0
    else:
        return
    setattr(row, f"{name}_width", size[0])
    setattr(row, f"{name}_height", size[1])


class Pictured(admin.ModelAdmin):
    """The part of a row's page that is about its picture."""

    picture: Picture
    # What stands in the place of a picture that there is not.
    without_picture: Any = ""

    @property
    def never_taken_back(self):
        """What tells of a picture belongs to the one that is kept: an older one was thrown away."""
        return [column(f"{self.picture.field}_alt", code) for code, _name in settings.LANGUAGES]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == self.picture.field:
            kwargs |= {
                "form_class": partial(PictureFormField, picture=self.picture),
                "widget": PictureInput(db_field.verbose_name),
            }
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("the picture now"))
    def picture_now(self, row):
        """The picture that is kept: after a mistake on the form `row` has one that is not."""
        name = self.picture.field
        row = type(row).objects.filter(pk=row.pk).first()
        file = getattr(row, name, None)
        if not file:
            return self.without_picture
        return format_html(
            '<img class="picture-now" src="{}" alt="{}" width="{}" height="{}">',
            file.url,
            getattr(row, f"{name}_alt") or file.field.verbose_name,
            getattr(row, f"{name}_width"),
            getattr(row, f"{name}_height"),
        )

    def save_model(self, request, obj, form, change):
        name = self.picture.field
        before = self.model.objects.filter(pk=obj.pk).values_list(name, flat=True).first()
        super().save_model(request, obj, form, change)
        if before and before != getattr(obj, name).name:
            throw_away([(self.model, name, before)])

    def delete_model(self, request, obj):
        files = files_of([obj])
        super().delete_model(request, obj)
        throw_away(files)

    def delete_queryset(self, request, queryset):
        files = files_of(queryset)
        super().delete_queryset(request, queryset)
        throw_away(files)


def files_of(rows):
    """The files of `rows` and of all that is deleted with them: each a model, the name of a field, and of a file."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    collector.collect(rows)
    deleted = [*collector.data.items(), *((found.model, found) for found in collector.fast_deletes)]
    return [
        (model, field.name, file.name)
        for model, rows_of_it in deleted
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
        for row in rows_of_it
        if (file := getattr(row, field.name))
    ]


def throw_away(files):
    """Deletes `files` (see `files_of`) once the change is sure, unless another row of theirs has the same."""
    for model, name, file in files:
        transaction.on_commit(partial(_delete_unused, model, name, file))


def _delete_unused(model, name, file):
    if not model.objects.filter(**{name: file}).exists():
        default_storage.delete(file)
