"""The desk's pages on services. Importing them registers them."""

from services.admin import contacts, offering, points, proposals, service

__all__ = ["contacts", "offering", "points", "proposals", "service"]
