"""Every URL of the host for people outside the force."""

from __future__ import annotations

from django.urls import path

from watchward.portals.front import views

urlpatterns = [path("", views.front, name="front")]

handler400 = "watchward.portals.front.views.not_understood"
handler403 = "watchward.portals.front.views.not_understood"
handler404 = "watchward.portals.front.views.not_found"
handler500 = "watchward.portals.front.views.failed"
