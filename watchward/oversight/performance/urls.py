"""The pages of performance, and the same figures for machines."""

from __future__ import annotations

from django.urls import path

from watchward.oversight.performance import api, views

app_name = "performance"

urlpatterns = [
    path("", views.board, name="dashboard"),
    path("measures", views.every, name="every"),
    path("measures/<str:key>", views.one, name="measure"),
    path("measures/<str:key>/rows", views.rows, name="rows"),
    path("measures/<str:key>/csv", api.as_csv, name="csv"),
    path("measures/<str:key>/json", api.as_json, name="json"),
    path("measures/<str:key>/keep", views.keep, name="keep"),
    path("signals/<uuid:id_>", views.signal, name="signal"),
    path("figures", views.figures, name="figures"),
]
