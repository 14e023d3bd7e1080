"""Where the pages of places are."""

from __future__ import annotations

from django.urls import path

from watchward.domains.places import views

app_name = "places"

urlpatterns = [path("<uuid:id_>", views.one, name="one"), *views.MARKERS.paths()]
