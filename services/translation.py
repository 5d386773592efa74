"""Which fields of a service hold a text for each language."""

from modeltranslation.translator import TranslationOptions, register

from services.models import Contact, Offering, Service, ServicePoint, SpecialHours


@register(Service)
class ServiceOptions(TranslationOptions):
    fields = ("name", "summary", "description", "keywords", "how_to_get", "cost")
    required_languages = {"fi": ("name", "summary")}


@register(Offering)
class OfferingOptions(TranslationOptions):
    fields = ("name", "how_to_get")


@register(Contact)
class ContactOptions(TranslationOptions):
    fields = ("label", "hours")


@register(ServicePoint)
class ServicePointOptions(TranslationOptions):
    fields = ("note",)


@register(SpecialHours)
class SpecialHoursOptions(TranslationOptions):
    fields = ("reason",)
