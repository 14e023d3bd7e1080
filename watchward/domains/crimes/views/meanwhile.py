"""What is shown when somebody else has changed a crime meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from watchward.domains.crimes import queries
from watchward.domains.crimes.queries import Crime
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.ui.errors import conflict
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.parts import Difference


def both(
    request: HttpRequest, acting: Acting, form: Form, crime: Crime, stands: Mapping[str, object], *,
    more: Iterable[Difference] = (),
) -> HttpResponse:  # fmt: skip
    """Show what was typed beside what somebody else has made of a crime; nothing of either is lost.

    Args:
        request: with what was typed.
        acting: who typed it.
        form: in which.
        crime: as it stands now.
        stands: what stands of the form's fields, by their names.
        more: what else differs.
    """
    last = audit.story(acting, record=crime.pk)[-1]
    return conflict(
        request,
        of=f"crime {crime.reference}",
        who=last.who,
        at=last.at or crime.recorded_at,
        differences=(*more, *form.beside(stands), Difference("Where it stands", crime.stage, crime.stage)),
        version=crime.version,
        keep_url=reverse("crimes:one", args=[crime.pk]),
    )


def offence_of(crime: Crime) -> str:
    """Return a crime's offence as the list of offences offers it."""
    return f"{crime.offence_words} ({crime.offence})"


def holders_of(acting: Acting, crime: Crime) -> dict[str, object]:
    """Return who has a crime now, by the fields of its allocation."""
    found = queries.whole(acting, id_=crime.pk)
    return {"team": found.team, "officer": found.officer or "The team as a whole"}
