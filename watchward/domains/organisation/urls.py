"""Where the pages of the force are."""

from __future__ import annotations

from django.urls import path

from watchward.domains.organisation.views import force, staff

app_name = "force"

urlpatterns = [
    path("", force.force, name="list"),
    path("areas/open", force.open_area, name="open-area"),
    path("teams/form", force.form_team, name="form-team"),
    path("teams/<int:number>", force.team, name="team"),
    path("teams/<int:number>/establish", force.establish, name="establish"),
    path("people/<uuid:account>", force.person, name="person"),
    path("people/<uuid:account>/post", force.post, name="post"),
    path("staff", staff.staff, name="staff"),
    path("staff/open", staff.open_account, name="open-account"),
    path("staff/<uuid:account>", staff.member, name="member"),
    path("staff/<uuid:account>/role", staff.give_role, name="give-role"),
    path("staff/<uuid:account>/role/end", staff.end_role, name="end-role"),
    path("staff/<uuid:account>/team", staff.join_team, name="join-team"),
    path("staff/<uuid:account>/team/leave", staff.leave_team, name="leave-team"),
    path("staff/<uuid:account>/disable", staff.disable, name="disable"),
    path("staff/<uuid:account>/end-ways", staff.end_ways, name="end-ways"),
    path("staff/<uuid:account>/enable", staff.enable, name="enable"),
    path("people/<uuid:account>/training", force.training, name="training"),
]
