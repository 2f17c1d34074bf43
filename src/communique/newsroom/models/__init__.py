"""The newsroom's tables. What is public is not among them: that is the record's."""

from communique.newsroom.models.clearance import Authorship, Clearance, FourEyesTask
from communique.newsroom.models.message import Attachment, Finding, MessagePage
from communique.newsroom.models.office import OfficePage
from communique.newsroom.models.piece import PiecePage
from communique.newsroom.models.release import Release, ReleaseItem

__all__ = [
    "Attachment",
    "Authorship",
    "Clearance",
    "Finding",
    "FourEyesTask",
    "MessagePage",
    "OfficePage",
    "PiecePage",
    "Release",
    "ReleaseItem",
]
