"""Which fields of the kernel hold a text for each language."""

from modeltranslation.translator import TranslationOptions, register

from centres.models import (
    AgeGroup,
    Area,
    FamilyCentre,
    LevelName,
    LocalTask,
    Organisation,
    Place,
    SpokenLanguage,
    Task,
    Theme,
    Topic,
    Way,
)


@register([Area, Topic, Way, SpokenLanguage])
class NameOptions(TranslationOptions):
    fields = ("name",)
    required_languages = ("fi",)


@register([AgeGroup, Theme, LevelName])
class NameAndIntroOptions(TranslationOptions):
    fields = ("name", "intro")
    required_languages = {"fi": ("name",)}


@register(FamilyCentre)
class FamilyCentreOptions(TranslationOptions):
    fields = ("name", "municipality", "intro", "notice", "logo_alt", "for_families", "for_professionals")
    required_languages = {"fi": ("name", "municipality")}


@register(Organisation)
class OrganisationOptions(TranslationOptions):
    fields = ("name", "summary")
    required_languages = {"fi": ("name",)}


@register(Place)
class PlaceOptions(TranslationOptions):
    fields = ("name", "accessibility", "directions")
    required_languages = {"fi": ("name",)}


@register(Task)
class TaskOptions(TranslationOptions):
    fields = ("name", "aim")
    required_languages = {"fi": ("name",)}


@register(LocalTask)
class LocalTaskOptions(TranslationOptions):
    fields = ("how",)
    required_languages = ("fi",)
