from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.models import Role
from accounts.permissions import languages_of
from imports import views


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("import/", views.UploadView.as_view(), name="imports_upload"),
        path("import/<int:pk>/", views.PlacesView.as_view(), name="imports_places"),
        path("import/<int:pk>/<int:number>/", views.picture, name="imports_picture"),
    ]


class ImportMenuItem(MenuItem):
    """Seen by editors; the screen itself asks what they may add."""

    def is_shown(self, request):
        user = request.user
        return user.is_superuser or bool(languages_of(user, Role.EDITOR))


@hooks.register("register_admin_menu_item")
def register_menu_item():
    return ImportMenuItem(
        _("Import a text"), reverse("imports_upload"), icon_name="upload", order=250
    )
