"""The desk's pages on services. Importing them registers them."""

from services.admin import contacts, offering, service

__all__ = ["contacts", "offering", "service"]
