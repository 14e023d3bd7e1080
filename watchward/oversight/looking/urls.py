"""The pages of unusual looking."""

from __future__ import annotations

from django.urls import path

from watchward.oversight.looking import views

app_name = "looking"

urlpatterns = [
    path("", views.findings, name="findings"),
    path("known", views.known, name="known"),
    path("<uuid:id_>", views.finding, name="finding"),
]
