"""The words that rows are tagged with, and the seven national tasks."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import DeskAdmin
from centres.models import SpokenLanguage, Task, Topic, Way


class VocabularyAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug", "order"],
                "description": _(
                    "Families see this word on every page. It is shared by all centres: change it sparingly."
                ),
            },
        ),
    ]
    list_display = ["__str__", "slug", "order"]
    search_fields = ["name_fi", "name_sv", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_fi"]}


@admin.register(Way)
class WayAdmin(VocabularyAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug", "order", "by_talking"],
                "description": _(
                    "How a service is given. Families see this word on every page, in every centre."
                ),
            },
        ),
    ]
    list_display = ["__str__", "slug", "by_talking", "order"]


@admin.register(Topic)
class TopicAdmin(VocabularyAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug", "order", "sensitive"],
                "description": _(
                    "What services are about. Theme pages gather by these words, in every centre."
                ),
            },
        ),
    ]
    list_display = ["__str__", "slug", "sensitive", "order"]
    list_filter = ["sensitive"]


@admin.register(SpokenLanguage)
class SpokenLanguageAdmin(VocabularyAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug", "order"],
                "description": _(
                    "The name in addresses is the language's ISO 639 code: fi, se, fse for Finnish Sign Language."
                ),
            },
        ),
    ]
    prepopulated_fields = {}


@admin.register(Task)
class TaskAdmin(DeskAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["number", "name", "aim"],
                "description": _(
                    "The national tasks are the same everywhere. How a centre does them is told on the centre's form."
                ),
            },
        ),
    ]
    list_display = ["__str__", "number"]
    search_fields = ["name_fi", "name_sv", "name_en"]
