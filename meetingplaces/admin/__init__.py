"""The desk's pages on meeting places. Importing them registers them."""

from meetingplaces.admin import closures, meeting_places, seasons, sessions

__all__ = ["closures", "meeting_places", "seasons", "sessions"]
