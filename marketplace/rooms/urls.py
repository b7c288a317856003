"""Addresses of deals: beginning one, its room and everything in it."""

from django.urls import path

from marketplace.rooms.views import begin, dashboard, files, moving, proposing, room, translating

ROOM = "account/deals/<uuid:key>/"
urlpatterns = [
    path("services/ask/<uuid:service_key>/", begin.ask, name="ask"),
    path("needs/answer/<uuid:need_key>/", begin.answer, name="answer"),
    path("account/deals/", dashboard.deals, name="deals"),
    path("account/deals/calendar/<str:token>.ics", files.calendar, name="deals-calendar"),
    path(ROOM, room.room, name="deal"),
    path(f"{ROOM}move/<slug:name>/", moving.move, name="deal-move"),
    path(f"{ROOM}propose/", proposing.propose, name="deal-propose"),
    path(f"{ROOM}proposals/", proposing.versions, name="deal-proposals"),
    path(
        f"{ROOM}messages/<int:number>/translate/", translating.translate, name="message-translate"
    ),
    path(f"{ROOM}files/<str:token>/", files.download, name="deal-file"),
]
