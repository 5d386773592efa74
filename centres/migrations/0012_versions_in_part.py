"""Which language versions are there in part: a text that families see in Finnish counted as nothing before."""

from django.db import migrations

from centres.migrations._language_versions import count_parts_as_whole, fill

# By model: its texts, those that no version does without, those that plain Finnish does not do without, and those that
# no reader misses.
TEXTS = {
    "FamilyCentre": (
        ["name", "municipality", "intro", "notice", "logo_alt", "for_families", "for_professionals"],
        ["name", "intro", "notice"],
        ["intro", "notice"],
        ["municipality"],
    ),
    "AgeGroup": (["name", "intro"], ["name", "intro"], ["intro"], []),
    "Theme": (["name", "intro"], ["name", "intro"], ["intro"], []),
    "Organisation": (["name", "summary"], ["name", "summary"], ["summary"], []),
    "Place": (["name", "accessibility", "directions"], ["name", "accessibility", "directions"], [], []),
}


def fill_all(apps, schema_editor):
    for name, texts in TEXTS.items():
        fill(apps.get_model("centres", name), *texts)


def go_back(apps, schema_editor):
    for name in TEXTS:
        count_parts_as_whole(apps.get_model("centres", name))


class Migration(migrations.Migration):
    dependencies = [("centres", "0011_breaks")]

    operations = [migrations.RunPython(fill_all, go_back)]
