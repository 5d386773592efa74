"""The pages of networks, people and meetings."""

from networks.views.finding import finder
from networks.views.networks import DETAIL_ROWS, detail, detail_page, index, structure
from networks.views.people import card, card_file, directory

__all__ = [
    "DETAIL_ROWS",
    "card",
    "card_file",
    "detail",
    "detail_page",
    "directory",
    "finder",
    "index",
    "structure",
]
