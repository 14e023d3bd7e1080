"""Addresses of crimes."""

from django.urls import path

from watchward.domains.crimes import views

app_name = "crimes"
urlpatterns = [
    path("", views.listing, name="list"),
    path("queue", views.queue, name="queue"),
    path("registrar", views.registrar, name="registrar"),
    path("report", views.report, name="report"),
    path("from-incident/<uuid:id_>", views.from_incident, name="from-incident"),
    path("from-report/<uuid:id_>", views.from_report, name="from-report"),
    path("proposed/<uuid:id_>", views.proposed, name="proposed"),
    path("sample", views.sample_new, name="sample-new"),
    path("sample/<uuid:id_>", views.sample, name="sample"),
    path("check/<uuid:id_>", views.check, name="check"),
    path("n100/<uuid:id_>", views.n100, name="n100"),
    path("part/<uuid:id_>/end", views.end_part, name="end-part"),
    path("part/<uuid:id_>/interview", views.interview, name="interview"),
    path("<uuid:id_>", views.one, name="one"),
    path("<uuid:id_>/allocate", views.allocate, name="allocate"),
    path("<uuid:id_>/outcome", views.outcome, name="outcome"),
    path("<uuid:id_>/name", views.name, name="name"),
    path("<uuid:id_>/reclassify", views.reclassify, name="reclassify"),
    path("<uuid:id_>/flags", views.flags, name="flags"),
    path("<uuid:id_>/cancel", views.cancel, name="cancel"),
    path("<uuid:id_>/reinstate", views.reinstate, name="reinstate"),
    path("<uuid:id_>/reopen", views.reopen, name="reopen"),
]
