"""The board, one incident, its briefing, the day's deployments and the units."""

from django.urls import path

from watchward.domains.incidents import views

app_name = "incidents"

urlpatterns = [
    path("", views.board, name="board"),
    path("deployments", views.deployments, name="deployments"),
    path("deployments.csv", views.deployments_csv, name="deployments-csv"),
    path("units", views.units, name="units"),
    path("surges/<uuid:id_>", views.surge, name="surge"),
    path("delays/<uuid:id_>", views.delay, name="delay"),
    path("<uuid:id_>", views.one, name="one"),
    path("<uuid:id_>/briefing", views.briefing, name="briefing"),
]
