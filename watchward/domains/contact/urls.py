"""The addresses of contact: never anything of a person, ids alone."""

from django.urls import path

from watchward.domains.contact import views

app_name = "contact"
urlpatterns = [
    path("", views.start, name="start"),
    path("", views.start, name="list"),
    path("<uuid:id_>", views.call, name="call"),
    path("<uuid:id_>/look", views.look, name="look"),
    path("<uuid:id_>/line", views.line, name="line"),
    path("<uuid:id_>/caller", views.caller, name="caller"),
    path("<uuid:id_>/known", views.known, name="known"),
    path("<uuid:id_>/place", views.place, name="place"),
    path("<uuid:id_>/involve", views.involve, name="involve"),
    path("<uuid:id_>/nurse", views.nurse, name="nurse"),
    path("<uuid:id_>/incident", views.incident, name="incident"),
    path("<uuid:id_>/end", views.end, name="end"),
    path("<uuid:id_>/another", views.another, name="another"),
]
