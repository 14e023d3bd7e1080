"""Where the toolkit is."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.guidance import views

app_name = "guidance"

urlpatterns = [
    path("", views.toolkit, name="toolkit"),
    path("new", views.begin, name="begin"),
    path("asked/<uuid:id_>", views.receipt, name="receipt"),
    path("review/<uuid:id_>", views.review, name="review"),
    path("guidance/<slug:slug>", views.one, name="one"),
    path("guidance/<slug:slug>/version/<int:number>", views.version, name="version"),
    path("guidance/<slug:slug>/read", views.read, name="read"),
    path("guidance/<slug:slug>/readers", views.readers, name="readers"),
    path("guidance/<slug:slug>/draft", views.draft, name="draft"),
    path("guidance/<slug:slug>/publish", views.publish, name="publish"),
    path("guidance/<slug:slug>/withdraw", views.withdraw, name="withdraw"),
    path("guidance/<slug:slug>/hand-over", views.hand_over, name="hand-over"),
]
