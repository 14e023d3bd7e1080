"""The pages of what is owed."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.duties import views
from watchward.foundation.duties.views import away, board, moving, news

app_name = "work"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("team", board.team, name="team"),
    path("reassign", board.reassign, name="reassign"),
    path("hand-over", moving.hand_over, name="hand-over"),
    path("handed/<uuid:id_>", moving.handed, name="handed"),
    path("away", away.away, name="away"),
    path("away/<uuid:id_>", away.absence, name="absence"),
    path("new", news.new, name="new"),
    path("overdue", views.overdue, name="overdue"),
    path("ledgers", views.ledgers, name="ledgers"),
    path("ledgers/<str:kind>", views.ledger, name="ledger"),
    path("<uuid:id_>", views.duty, name="duty"),
    path("answer/<uuid:id_>", views.answer, name="answer"),
    path("seen/<uuid:id_>", views.seen, name="seen"),
]
