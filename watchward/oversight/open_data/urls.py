"""Where the map of published crime is."""

from __future__ import annotations

from django.urls import path

from watchward.oversight.open_data import views

app_name = "open_data"

urlpatterns = [
    path("crime-map/", views.crime_map, name="map"),
    path("crime-map/areas.csv", views.crime_csv, name="csv"),
    path("crime-map/areas.json", views.areas, name="areas"),
]
