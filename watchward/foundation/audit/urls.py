"""The auditor's pages."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.audit import views

app_name = "audit"

urlpatterns = [
    path("looks", views.looks, name="looks"),
    path("commands", views.commands, name="commands"),
    path("records/<uuid:id_>", views.record, name="record"),
    path("records/<uuid:id_>/erase", views.erase, name="erase"),
]
