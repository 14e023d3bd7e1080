"""The page of one person."""

from __future__ import annotations

from django.urls import path

from watchward.oversight.profile import views

app_name = "profile"

urlpatterns = [
    path("people/<uuid:id_>", views.person, name="person"),
    path("people/<uuid:id_>/same", views.same, name="same"),
    path("people/<uuid:id_>/same/<uuid:decision>/undo", views.undo, name="undo"),
]
