"""What an administrator types about the force, and the file with which a force starts."""

from __future__ import annotations

from watchward.domains.organisation.forms.administering import AreaForm, EstablishForm, PostForm, TeamForm, TrainingForm
from watchward.domains.organisation.forms.founding import read_plan, where_in
from watchward.domains.organisation.forms.staff import AccountForm, DisableForm, PlaceForm, RoleForm, StaffForm

__all__ = [
    "AccountForm",
    "AreaForm",
    "DisableForm",
    "EstablishForm",
    "PlaceForm",
    "PostForm",
    "RoleForm",
    "StaffForm",
    "TeamForm",
    "TrainingForm",
    "read_plan",
    "where_in",
]
