"""Services, needs and deals. Every part defines its own models; Django finds them here."""

from marketplace.agreements.models import (
    Acceptance,
    Agreement,
    Evidence,
    EvidenceSignature,
    StoryApproval,
    StoryOfDeal,
)
from marketplace.deals.models import Deal, Milestone, Proposal, RemindersStopped, Step
from marketplace.invitations.models import ProviderInvitation
from marketplace.listings.alerts.models import Alert, Told
from marketplace.listings.capacity import CapacityPlace, CapacityWindow
from marketplace.listings.confidential import NeedDetails
from marketplace.listings.models import NeedIndexPage, NeedPage, ServiceIndexPage, ServicePage
from marketplace.reviews.models import Review
from marketplace.rooms.models import Attachment, Message, MessageTranslation
from marketplace.writing.models import PendingNeed

__all__ = [
    "Acceptance",
    "Agreement",
    "Alert",
    "Attachment",
    "CapacityPlace",
    "CapacityWindow",
    "Deal",
    "Evidence",
    "EvidenceSignature",
    "Message",
    "MessageTranslation",
    "Milestone",
    "NeedDetails",
    "NeedIndexPage",
    "NeedPage",
    "PendingNeed",
    "Proposal",
    "ProviderInvitation",
    "RemindersStopped",
    "Review",
    "ServiceIndexPage",
    "ServicePage",
    "Step",
    "StoryApproval",
    "StoryOfDeal",
    "Told",
]
