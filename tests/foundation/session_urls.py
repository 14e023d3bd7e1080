"""One page, that keeps something in its session."""

from __future__ import annotations

from django.urls import path

from tests.foundation.test_sessions import page

urlpatterns = [path("kept", page)]
handler500 = "watchward.foundation.ui.errors.failed"
