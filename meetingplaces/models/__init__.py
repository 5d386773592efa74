"""Meeting places, their sessions by season, and what is different on single dates."""

from meetingplaces.models.change import SessionChange
from meetingplaces.models.closure import Closure
from meetingplaces.models.coming import Coming
from meetingplaces.models.meeting_place import MeetingPlace
from meetingplaces.models.season import AROUND_SEASON, Season
from meetingplaces.models.session import Session, WeekRule

__all__ = [
    "AROUND_SEASON",
    "Closure",
    "Coming",
    "MeetingPlace",
    "Season",
    "Session",
    "SessionChange",
    "WeekRule",
]
