"""Where the pages of places are."""

from __future__ import annotations

from django.urls import path

from watchward.domains.places import views

app_name = "places"

urlpatterns = [
    path("<uuid:id_>", views.one, name="one"),
    path("<uuid:id_>/mark", views.mark, name="mark"),
    path("markers/<uuid:id_>", views.marker, name="marker"),
    path("markers/<uuid:id_>/approve", views.approve, name="approve"),
    path("reviews/<uuid:id_>", views.review, name="review"),
]
