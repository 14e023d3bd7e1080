"""Where the directory of partners is."""

from __future__ import annotations

from django.urls import path

from watchward.domains.partners import views

app_name = "partners"

urlpatterns = [
    path("", views.directory, name="list"),
    path("add", views.new, name="new"),
    path("<uuid:id_>", views.one, name="one"),
    path("<uuid:id_>/change", views.change, name="change"),
    path("<uuid:id_>/close", views.close, name="close"),
    path("<uuid:id_>/add/<slug:what>", views.add, name="add"),
    path("check/<uuid:id_>", views.check, name="check"),
    path("service/<uuid:id_>/check", views.check_service, name="check-service"),
    path("end/<slug:what>/<uuid:entry>", views.end, name="end"),
]
