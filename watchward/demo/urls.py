"""Where the tour is."""

from __future__ import annotations

from django.urls import path

from watchward.demo import views

app_name = "demo"

urlpatterns = [path("", views.trying, name="tour")]
