"""Where the pages of the force are."""

from __future__ import annotations

from django.urls import path

from watchward.domains.organisation import views

app_name = "force"

urlpatterns = [
    path("", views.force, name="list"),
    path("areas/open", views.open_area, name="open-area"),
    path("teams/<int:number>", views.team, name="team"),
    path("teams/<int:number>/establish", views.establish, name="establish"),
    path("people/<uuid:account>", views.person, name="person"),
    path("people/<uuid:account>/post", views.post, name="post"),
    path("people/<uuid:account>/training", views.training, name="training"),
]
