"""The pages of networks, people and meetings."""

from networks.views.finding import finder
from networks.views.networks import DETAIL_ROWS, detail, detail_page, index, structure
from networks.views.people import card, directory

__all__ = ["DETAIL_ROWS", "card", "detail", "detail_page", "directory", "finder", "index", "structure"]
