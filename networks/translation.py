"""Which fields of networks hold a text for each language."""

from modeltranslation.translator import TranslationOptions, register

from networks.models import LocalNetwork, Material, Meeting, Network, NetworkLink, Professional, Seat


@register(Network)
class NetworkOptions(TranslationOptions):
    fields = ("name", "summary", "purpose", "when_to_turn", "how_to_bring", "keywords", "legal_basis")
    required_languages = {"fi": ("name", "summary")}


@register(NetworkLink)
class NetworkLinkOptions(TranslationOptions):
    fields = ("label",)
    required_languages = {"fi": ("label",)}


@register(LocalNetwork)
class LocalNetworkOptions(TranslationOptions):
    fields = ("name", "how_to_reach", "meets")


@register(Seat)
class SeatOptions(TranslationOptions):
    fields = ("profession",)


@register(Professional)
class ProfessionalOptions(TranslationOptions):
    fields = ("title", "hours", "about")
    required_languages = {"fi": ("title",)}


@register(Meeting)
class MeetingOptions(TranslationOptions):
    fields = ("topic", "note", "reason")


@register(Material)
class MaterialOptions(TranslationOptions):
    fields = ("label",)
    required_languages = {"fi": ("label",)}
