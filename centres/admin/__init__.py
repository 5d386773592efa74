"""The desk's pages on the kernel. Importing them registers them."""

from centres.admin import family_centres, organisations, people, redirects, vocabulary, windows

__all__ = ["family_centres", "organisations", "people", "redirects", "vocabulary", "windows"]
