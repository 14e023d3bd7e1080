"""Addresses of victims."""

from django.urls import path

from watchward.domains.victims import views

app_name = "victims"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<uuid:id_>", views.one, name="one"),
    path("<uuid:id_>/contact", views.contact, name="contact"),
    path("<uuid:id_>/needs", views.needs, name="needs"),
    path("<uuid:id_>/reach", views.reach, name="reach"),
    path("<uuid:id_>/entitle", views.entitle, name="entitle"),
    path("<uuid:id_>/plan", views.plan, name="plan"),
    path("<uuid:id_>/update", views.update, name="update"),
    path("<uuid:id_>/statement", views.statement, name="statement"),
    path("<uuid:id_>/offer", views.offer, name="offer"),
    path("<uuid:id_>/decision", views.decision, name="decision"),
    path("entitlement/<uuid:id_>/end", views.end_entitlement, name="end-entitlement"),
    path("tell-outcome/<uuid:id_>", views.tell_outcome, name="tell-outcome"),
    path("tell/<uuid:id_>", views.tell, name="tell"),
    path("reach-again/<uuid:id_>", views.reach_again, name="reach-again"),
    path("turn/<uuid:id_>", views.turn, name="turn"),
    path("offer-for/<uuid:id_>", views.offer_for, name="offer-for"),
]
