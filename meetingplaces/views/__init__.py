"""The pages and feeds of a centre's meeting places."""

from meetingplaces.views.feeds import calendar, calendar_of_one, changes, changes_of_one
from meetingplaces.views.place import detail, detail_page, we_might_come
from meetingplaces.views.weeks import index, season, week

__all__ = [
    "calendar",
    "calendar_of_one",
    "changes",
    "changes_of_one",
    "detail",
    "detail_page",
    "index",
    "season",
    "we_might_come",
    "week",
]
