"""The one page of its own that the machine of deals has: it stops reminders."""

from django.urls import path

from accounts.views import private
from marketplace.deals import views

urlpatterns = [
    path("deals/reminders/<str:token>/", private(views.reminders), name="deal-reminders")
]
