"""Where the offence list is."""

from __future__ import annotations

from django.urls import path

from watchward.domains.offences import views

app_name = "offences"

urlpatterns = [
    path("", views.listed, name="list"),
    path("offences.csv", views.offences_csv, name="offences-csv"),
    path("outcomes.csv", views.outcomes_csv, name="outcomes-csv"),
]
