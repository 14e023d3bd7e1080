"""Where clients of other systems are kept, and the API's reference."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.machines import views

app_name = "machines"

urlpatterns = [
    path("", views.clients, name="list"),
    path("new", views.make, name="new"),
    path("reference", views.reference, name="reference"),
    path("<uuid:id_>", views.one, name="one"),
    path("<uuid:id_>/secret", views.rotate, name="rotate"),
    path("<uuid:id_>/disable", views.disable, name="disable"),
    path("<uuid:id_>/enable", views.enable, name="enable"),
]
