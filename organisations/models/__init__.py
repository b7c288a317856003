"""Records of organisations with their history, invitation campaigns, and the public pages."""

from organisations.models.campaigns import Campaign, Recipient
from organisations.models.pages import OrganisationIndexPage, OrganisationPage
from organisations.models.records import (
    Membership,
    MembershipRole,
    NetworkMembership,
    Organisation,
    Verification,
)

__all__ = [
    "Campaign",
    "Membership",
    "MembershipRole",
    "NetworkMembership",
    "Organisation",
    "OrganisationIndexPage",
    "OrganisationPage",
    "Recipient",
    "Verification",
]
