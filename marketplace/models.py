"""Services, needs and deals. Every part defines its own models; Django finds them here."""

from marketplace.deals.models import Deal, Milestone, Proposal, RemindersStopped, Step
from marketplace.listings.alerts.models import Alert, Told
from marketplace.listings.capacity import CapacityPlace, CapacityWindow
from marketplace.listings.confidential import NeedDetails
from marketplace.listings.models import NeedIndexPage, NeedPage, ServiceIndexPage, ServicePage
from marketplace.writing.models import PendingNeed

__all__ = [
    "Alert",
    "CapacityPlace",
    "CapacityWindow",
    "Deal",
    "Milestone",
    "NeedDetails",
    "NeedIndexPage",
    "NeedPage",
    "PendingNeed",
    "Proposal",
    "RemindersStopped",
    "ServiceIndexPage",
    "ServicePage",
    "Step",
    "Told",
]
