"""The kernel: what every room of the portal shares."""

from centres.models.centre import RESERVED_SLUGS, Area, FamilyCentre, LevelName
from centres.models.invitation import Invitation
from centres.models.membership import Membership
from centres.models.organisations import Organisation, Place
from centres.models.slugs import Sluggable, SlugManager
from centres.models.tasks import LocalTask, Task
from centres.models.upkeep import CheckInterval, LinkCheck
from centres.models.vocabulary import Level, Sector, SpokenLanguage, Topic, Vocabulary, Way
from centres.models.windows import AgeGroup, Icon, InCentre, InCentreManager, Theme

__all__ = [
    "RESERVED_SLUGS",
    "AgeGroup",
    "Area",
    "CheckInterval",
    "FamilyCentre",
    "Icon",
    "InCentre",
    "InCentreManager",
    "Invitation",
    "Level",
    "LevelName",
    "LinkCheck",
    "LocalTask",
    "Membership",
    "Organisation",
    "Place",
    "Sector",
    "SlugManager",
    "Sluggable",
    "SpokenLanguage",
    "Task",
    "Theme",
    "Topic",
    "Vocabulary",
    "Way",
]
