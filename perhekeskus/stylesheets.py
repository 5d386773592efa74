"""The site's stylesheets, and one file of them all for production: a phone asks once instead of ten times."""

from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

# In this order: the first declares the cascade layers.
PARTS = tuple(
    f"css/{name}.css"
    for name in (
        "tokens",
        "base",
        "layout",
        "components/actions",
        "components/frame",
        "components/levels",
        "components/pages",
        "components/plan",
        "components/service",
        "components/week",
        "print",
    )
)
# Beside the parts that hold addresses, so that these stay right.
JOINED = "css/site.css"


def join(files: list[Path]) -> str:
    """The text of one stylesheet of all ``files``, in their order."""
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


class JoinedStylesheetsStorage(CompressedManifestStaticFilesStorage):
    """Joins the parts into one file as the static files are collected."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            joined = join([Path(self.path(name)) for name in PARTS])
            Path(self.path(JOINED)).write_text(joined, encoding="utf-8")
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run, **options)
