"""What each language version was made from, for rows that are there already: the Finnish text of today."""

from django.db import migrations

from centres.migrations._language_versions import fill

# By model: its texts, those that no version does without, and those that plain Finnish does not do without.
TEXTS = {
    "Service": (
        ["name", "summary", "description", "keywords", "how_to_get", "cost"],
        ["name", "summary"],
        ["summary"],
    ),
    "Offering": (["name", "how_to_get"], ["name", "how_to_get"], ["how_to_get"]),
}


def fill_all(apps, schema_editor):
    for name, texts in TEXTS.items():
        fill(apps.get_model("services", name), *texts)


class Migration(migrations.Migration):
    dependencies = [("services", "0004_language_versions")]

    operations = [migrations.RunPython(fill_all, migrations.RunPython.noop)]
