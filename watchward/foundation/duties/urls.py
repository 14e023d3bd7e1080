"""The pages of what is owed."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.duties import views

app_name = "work"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("overdue", views.overdue, name="overdue"),
    path("ledgers", views.ledgers, name="ledgers"),
    path("ledgers/<str:kind>", views.ledger, name="ledger"),
    path("<uuid:id_>", views.duty, name="duty"),
    path("answer/<uuid:id_>", views.answer, name="answer"),
    path("seen/<uuid:id_>", views.seen, name="seen"),
]
