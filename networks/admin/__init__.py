"""The desk's pages of networks, people and meetings. Importing them registers them."""

from networks.admin import access_requests, professionals

__all__ = ["access_requests", "professionals"]
