"""Where people come in, and where locked records are opened."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.access import views

app_name = "access"

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", views.with_code, name="with-code"),
    path("sign-in/kept", views.kept, name="kept"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("shortcuts", views.shortcuts, name="shortcuts"),
    path("locked/<str:table>/<uuid:record>", views.locked, name="locked"),
    path("openings/<uuid:id_>", views.opening, name="opening"),
]
