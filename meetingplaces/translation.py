"""Which fields of meeting places hold a text for each language."""

from modeltranslation.translator import TranslationOptions, register

from meetingplaces.models import Closure, MeetingPlace, Season, Session, SessionChange


@register(MeetingPlace)
class MeetingPlaceOptions(TranslationOptions):
    fields = ("name", "summary", "description", "bring", "cost", "registration", "photo_alt")
    required_languages = {"fi": ("name", "summary")}


@register(Season)
class SeasonOptions(TranslationOptions):
    fields = ("name", "note")
    required_languages = {"fi": ("name",)}


@register(Session)
class SessionOptions(TranslationOptions):
    fields = ("title", "how_to_join", "visitor", "note")


@register(SessionChange)
class SessionChangeOptions(TranslationOptions):
    fields = ("reason", "note")


@register(Closure)
class ClosureOptions(TranslationOptions):
    fields = ("reason",)
    required_languages = {"fi": ("reason",)}
