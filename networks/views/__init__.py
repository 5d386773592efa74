"""The pages of networks, people and meetings."""

from networks.views.asking import ask, asked
from networks.views.calendars import calendar as own_calendar
from networks.views.calendars import calendars
from networks.views.confirming import confirm, confirm_again, confirmed
from networks.views.finding import finder
from networks.views.meetings import calendar, meeting, meeting_calendar, meetings
from networks.views.networks import DETAIL_ROWS, detail, detail_page, index, structure
from networks.views.own import leave, left, own, own_edit, right, stay
from networks.views.people import card, card_file, directory

__all__ = [
    "DETAIL_ROWS",
    "ask",
    "asked",
    "calendar",
    "calendars",
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
    "meeting",
    "meeting_calendar",
    "meetings",
    "own",
    "own_calendar",
    "own_edit",
    "right",
    "stay",
    "structure",
]
