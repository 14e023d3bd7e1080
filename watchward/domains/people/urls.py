"""Where the pages of people are."""

from __future__ import annotations

from django.urls import path

from watchward.domains.people import views

app_name = "people"

urlpatterns = [
    path("", views.find, name="find"),
    path("found/<uuid:id_>", views.found, name="found"),
    path("record", views.record, name="record"),
    path("gaps", views.gaps, name="gaps"),
    path("gaps/<slug:kind>", views.gap, name="gap"),
    path("<uuid:id_>", views.one, name="one"),
    path("<uuid:id_>/change", views.change, name="change"),
    path("<uuid:id_>/name", views.name, name="name"),
    path("<uuid:id_>/number", views.number, name="number"),
    path("<uuid:id_>/home", views.home, name="home"),
    path("<uuid:id_>/tie", views.tie, name="tie"),
    path("<uuid:id_>/<slug:what>/<uuid:row>/end", views.end, name="end"),
    path("<uuid:id_>/<slug:what>/<uuid:row>/days", views.days, name="days"),
    path("<uuid:id_>/keep", views.keep, name="keep"),
    *views.MARKERS.paths(),
    path("asked/<uuid:id_>", views.asked, name="asked"),
]
