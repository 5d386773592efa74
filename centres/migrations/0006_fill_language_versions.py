"""What each language version was made from, for rows that are there already: the Finnish text of today."""

from django.db import migrations

from centres.migrations._language_versions import fill

# By model: its texts, those that no version does without, and those that plain Finnish does not do without.
TEXTS = {
    "FamilyCentre": (
        ["name", "municipality", "intro", "notice", "for_families", "for_professionals"],
        ["name", "intro", "notice"],
        ["intro", "notice"],
    ),
    "AgeGroup": (["name", "intro"], ["name", "intro"], ["intro"]),
    "Theme": (["name", "intro"], ["name", "intro"], ["intro"]),
    "Organisation": (["name", "summary"], ["name", "summary"], ["summary"]),
    "Place": (["name", "accessibility", "directions"], ["name", "accessibility", "directions"], []),
}


def fill_all(apps, schema_editor):
    for name, texts in TEXTS.items():
        fill(apps.get_model("centres", name), *texts)


class Migration(migrations.Migration):
    dependencies = [("centres", "0005_language_versions")]

    operations = [migrations.RunPython(fill_all, migrations.RunPython.noop)]
