"""Tables of the national portal's app: what was filed there, what it holds of ours, and whose each dossier is."""

from vanlang.nationalportal.models.exchange import PortalFiling, PortalPaper, Push, Told
from vanlang.nationalportal.models.feed import FeedItem, FeedRun
from vanlang.nationalportal.models.lists import ListDifference
from vanlang.nationalportal.models.ownership import Claim, ForeignDossier, Route
from vanlang.nationalportal.models.store import StoreLook, StoreResult

__all__ = [
    "Claim",
    "FeedItem",
    "FeedRun",
    "ForeignDossier",
    "ListDifference",
    "PortalFiling",
    "PortalPaper",
    "Push",
    "Route",
    "StoreLook",
    "StoreResult",
    "Told",
]
