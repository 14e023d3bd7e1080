"""Where a page is asked for on paper."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.documents import views

app_name = "documents"

urlpatterns = [path("print", views.take_out, name="print")]
