"""The desk's pages of networks, people and meetings. Importing them registers them."""

from networks.admin import access_requests, local_networks, meetings, networks, professionals

__all__ = ["access_requests", "local_networks", "meetings", "networks", "professionals"]
