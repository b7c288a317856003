"""Addresses at which members write services and needs. All are private."""

from django.urls import path

from marketplace.writing.views import approving, following, listings, needs, services

urlpatterns = [
    path("account/services/", listings.services, name="services-mine"),
    path("account/services/new/", services.new, name="service-write"),
    path("account/services/<int:pk>/", listings.service, name="service-status"),
    path("account/services/<int:pk>/<int:number>/", services.step, name="service-step"),
    path("account/services/<int:pk>/windows/", services.windows, name="service-windows"),
    path("account/services/<int:pk>/preview/", listings.preview_service, name="service-preview"),
    path("account/services/<int:pk>/approve/", approving.service, name="service-approve"),
    path("account/services/<int:pk>/change/", listings.change_service, name="service-change"),
    path("account/needs/", listings.needs, name="needs-mine"),
    path("account/needs/new/", needs.new, name="need-new"),
    path("account/needs/sent/", needs.sent, name="need-sent"),
    path("account/needs/link/<str:token>/", following.follow, name="need-follow"),
    path("account/needs/<int:pk>/", listings.need, name="need-status"),
    path("account/needs/<int:pk>/edit/", needs.edit, name="need-edit"),
    path("account/needs/<int:pk>/preview/", listings.preview_need, name="need-preview"),
    path("account/needs/<int:pk>/approve/", approving.need, name="need-approve"),
    path("account/needs/<int:pk>/change/", listings.change_need, name="need-change"),
]
