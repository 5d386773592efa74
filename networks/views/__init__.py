"""The pages of networks, people and meetings."""

from networks.views.asking import ask, asked
from networks.views.confirming import confirm, confirm_again, confirmed
from networks.views.finding import finder
from networks.views.networks import DETAIL_ROWS, detail, detail_page, index, structure
from networks.views.own import leave, left, own, own_edit, right, stay
from networks.views.people import card, card_file, directory

__all__ = [
    "DETAIL_ROWS",
    "ask",
    "asked",
    "card",
    "card_file",
    "confirm",
    "confirm_again",
    "confirmed",
    "detail",
    "detail_page",
    "directory",
    "finder",
    "index",
    "leave",
    "left",
    "own",
    "own_edit",
    "right",
    "stay",
    "structure",
]
