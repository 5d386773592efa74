"""Which fields of annual plans hold a text for each language."""

from modeltranslation.translator import TranslationOptions, register

from annual_plan.models import Duty, DutyHolder, Plan, PlanItem, Responsible


@register(Plan)
class PlanOptions(TranslationOptions):
    fields = ("intro", "reflection")


@register(PlanItem)
class PlanItemOptions(TranslationOptions):
    fields = ("title", "description", "evaluation", "drop_reason")
    required_languages = {"fi": ("title",)}


@register(Responsible)
class ResponsibleOptions(TranslationOptions):
    fields = ("label",)


@register(Duty)
class DutyOptions(TranslationOptions):
    fields = ("task",)
    required_languages = {"fi": ("task",)}


@register(DutyHolder)
class DutyHolderOptions(TranslationOptions):
    fields = ("label",)
