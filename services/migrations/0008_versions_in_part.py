"""Which language versions are there in part: a text that families see in Finnish counted as nothing before."""

from django.db import migrations

from centres.migrations._language_versions import count_parts_as_whole, fill

# By model: its texts, those that no version does without, those that plain Finnish does not do without, and those that
# no reader misses.
TEXTS = {
    "Service": (
        ["name", "summary", "description", "keywords", "how_to_get", "cost"],
        ["name", "summary"],
        ["summary"],
        ["keywords"],
    ),
    "Offering": (["name", "how_to_get"], ["name", "how_to_get"], ["how_to_get"], []),
}


def fill_all(apps, schema_editor):
    for name, texts in TEXTS.items():
        fill(apps.get_model("services", name), *texts)


def go_back(apps, schema_editor):
    for name in TEXTS:
        count_parts_as_whole(apps.get_model("services", name))


class Migration(migrations.Migration):
    dependencies = [("services", "0007_breaks")]

    operations = [migrations.RunPython(fill_all, go_back)]
