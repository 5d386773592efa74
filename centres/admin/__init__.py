"""The desk's pages on the kernel. Importing them registers them."""

from centres.admin import (
    family_centres,
    invitations,
    organisations,
    people,
    redirects,
    upkeep,
    vocabulary,
    windows,
)

__all__ = [
    "family_centres",
    "invitations",
    "organisations",
    "people",
    "redirects",
    "upkeep",
    "vocabulary",
    "windows",
]
