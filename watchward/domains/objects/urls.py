"""Where the pages of telephone numbers are."""

from __future__ import annotations

from django.urls import path

from watchward.domains.objects import views

app_name = "objects"

urlpatterns = [
    path("<uuid:id_>", views.one, name="one"),
    path("<uuid:id_>/shared", views.shared, name="shared"),
    *views.MARKERS.paths(),
]
