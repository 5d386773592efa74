"""The pages of networks, people and meetings."""

from networks.views.finding import finder
from networks.views.networks import detail, index
from networks.views.people import card, directory

__all__ = ["card", "detail", "directory", "finder", "index"]
