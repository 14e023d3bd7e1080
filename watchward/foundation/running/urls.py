"""The pages of how the installation runs."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.running import views

app_name = "running"

urlpatterns = [path("", views.status, name="status")]
