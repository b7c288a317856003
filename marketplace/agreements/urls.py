"""Addresses of agreements, of what follows from them, and of the check that anybody can make."""

from django.urls import path

from marketplace.agreements import after_views, verify_views, views
from marketplace.agreements.models import Agreement, Evidence

DEAL = "account/deals/<uuid:key>/"

urlpatterns = [
    path(f"{DEAL}agreement/", views.current, name="agreement-current"),
    path(f"{DEAL}agreement/<int:number>/", views.agreement, name="agreement"),
    path(
        f"{DEAL}agreement/<int:number>/text/",
        views.text_file,
        {"model": Agreement},
        name="agreement-text",
    ),
    path(f"{DEAL}evidence/", after_views.write_evidence, name="evidence-write"),
    path(f"{DEAL}evidence/<int:number>/", views.shown_evidence, name="evidence"),
    path(
        f"{DEAL}evidence/<int:number>/text/",
        views.text_file,
        {"model": Evidence},
        name="evidence-text",
    ),
    path(f"{DEAL}story/", after_views.story_of, name="story-of-deal"),
    path("account/deals/document/<str:token>/", views.document, name="document"),
    path("verify/", verify_views.ask, name="verify"),
    path("verify/<str:sha256>/", verify_views.verified, name="verified"),
]
