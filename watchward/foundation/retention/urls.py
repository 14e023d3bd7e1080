"""Where reviews, holds and disposals are looked at."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.retention import views

app_name = "retention"

urlpatterns = [
    path("", views.due, name="due"),
    path("disposed", views.disposed, name="disposed"),
    path("holds", views.holds, name="holds"),
    path("holds/new", views.lay, name="lay"),
    path("holds/<uuid:id_>", views.hold, name="hold"),
    path("holds/<uuid:id_>/more", views.more, name="more"),
    path("holds/<uuid:id_>/look", views.look, name="look"),
    path("holds/<uuid:id_>/end", views.end, name="end"),
    path("<uuid:id_>", views.review, name="review"),
    path("<uuid:id_>/retain", views.retain, name="retain"),
    path("<uuid:id_>/group", views.regroup, name="regroup"),
    path("<uuid:id_>/dispose", views.propose, name="propose"),
    path("<uuid:id_>/agree", views.agree, name="agree"),
    path("<uuid:id_>/not-agreed", views.send_back, name="send-back"),
]
