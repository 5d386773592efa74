"""Which rows of meeting places are recorded, and what stands and falls with them."""

from centres.history.registry import record
from meetingplaces.models import Closure, MeetingPlace, Season, Session, SessionChange

# A photo that was replaced is thrown away: there is no way back to it.
record(MeetingPlace, owns=["sessions"], but=["photo", "photo_width", "photo_height"])
record(Session, owns=["changes"], named_by=["meeting_place"])
record(SessionChange)
record(Season, owns=["sessions"])
record(Closure)
