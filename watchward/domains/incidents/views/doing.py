"""What can be asked of one incident on its page: each is one call to a command."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import QueryDict

from watchward.domains.incidents import commands, forms
from watchward.domains.people import queries as people
from watchward.domains.places import queries as places
from watchward.foundation.acting import Acting
from watchward.kernel.refusals import Refusal, Refused


def _assess(acting: Acting, id_: UUID, post: QueryDict) -> None:
    given = {
        "incident": id_,
        "answers": forms.heard_of(post),
        "signs": forms.signs_of(post),
        "grade": forms.grade_of(post),
        "reason": forms.text(post, "reason"),
        "agreed_at": forms.agreed_of(post),
        "version": forms.version_of(post),
    }
    if post.get("do") == "reassess":
        commands.reassess(acting, safeguarding=forms.text(post, "safeguarding"), **given)  # type: ignore[arg-type]
    else:
        commands.assess(acting, **given)  # type: ignore[arg-type]


def _grade(acting: Acting, id_: UUID, post: QueryDict) -> None:
    grade = forms.grade_of(post)
    if grade is None:
        raise Refused(Refusal("Choose the grade.", field="grade"))
    commands.give_grade(
        acting,
        incident=id_,
        grade=grade,
        reason=forms.text(post, "reason"),
        agreed_at=forms.agreed_of(post),
        version=forms.version_of(post),
    )


def _place(acting: Acting, id_: UUID, post: QueryDict) -> None:
    """Set the place that was chosen; of what was typed, the one address that it surely is, else the words."""
    typed, chosen = forms.text(post, "place_words"), post.get("place", "")
    if chosen and chosen != "words":
        commands.set_place(acting, incident=id_, place=forms.id_of(post, "place"), place_words=typed)
        return
    offered = places.suggest(acting, typed=typed) if typed and not chosen else ()
    sure = [one for one in offered if one.is_sure]
    if len(sure) != 1 and offered:
        raise Refused(Refusal("Which of these is it?", field="place"))
    commands.set_place(acting, incident=id_, place=sure[0].place if sure else None, place_words=typed)


def _involve(acting: Acting, id_: UUID, post: QueryDict) -> None:
    reference = forms.text(post, "reference")
    if reference:
        found = people.by_reference(acting, reference=reference)
        if found is None:
            raise Refused(Refusal("Nobody has this reference, or you may not see them.", field="reference"))
        person = found.pk
    else:
        person = forms.id_of(post, "person")
    commands.involve(
        acting, incident=id_, person=person, part=forms.part_of(post), words=forms.text(post, "part_words")
    )


def _agree(acting: Acting, id_: UUID, post: QueryDict) -> None:
    form = forms.AppointmentForm(post)
    if not form.is_valid():
        raise Refused(*(Refusal(mistake.words, field=mistake.at) for mistake in form.mistakes))
    commands.agree_time(acting, incident=id_, version=forms.version_of(post), **form.cleaned_data)


def _close(acting: Acting, id_: UUID, post: QueryDict) -> None:
    said = forms.closing_of(post)
    commands.close(
        acting,
        incident=id_,
        outcome=said.outcome,
        closed_as=said.closed_as,
        qualifiers=said.qualifiers,
        why_nobody_went=said.why_nobody_went,
        version=forms.version_of(post),
    )


DOES: dict[str, Callable[[Acting, UUID, QueryDict], object]] = {
    "log": lambda acting, id_, post: commands.add_log_line(acting, incident=id_, words=forms.text(post, "line")),
    "assess": _assess,
    "reassess": _assess,
    "grade": _grade,
    "send": lambda acting, id_, post: commands.send(acting, incident=id_, unit=forms.id_of(post, "unit")),
    "route": lambda acting, id_, post: commands.mark_en_route(acting, deployment=forms.id_of(post, "deployment")),
    "scene": lambda acting, id_, post: commands.mark_at_scene(acting, deployment=forms.id_of(post, "deployment")),
    "clear": lambda acting, id_, post: commands.clear(
        acting, deployment=forms.id_of(post, "deployment"), words=forms.text(post, "words")
    ),
    "ring": lambda acting, id_, post: commands.record_recontact(
        acting, incident=id_, reached=forms.reached_of(post), words=forms.text(post, "words")
    ),
    "close": _close,
    "place": _place,
    "involve": _involve,
    "agree": _agree,
    "risk": lambda acting, id_, post: commands.judge_risk(
        acting,
        incident=id_,
        person=forms.id_of(post, "person"),
        level=forms.level_of(post),
        words=forms.text(post, "risk_words"),
    ),
    "advice": lambda acting, id_, post: commands.record_advice(
        acting,
        incident=id_,
        nurse=forms.text(post, "nurse"),
        asked=forms.text(post, "asked"),
        answer=forms.text(post, "answer"),
    ),
    "keep": lambda acting, id_, post: commands.keep_as(
        acting,
        incident=id_,
        handling=forms.handling_of(post),
        reason=forms.text(post, "reason"),
        version=forms.version_of(post),
    ),
    "reopen": lambda acting, id_, post: commands.reopen(
        acting, incident=id_, reason=forms.text(post, "reason"), version=forms.version_of(post)
    ),
    "open": lambda acting, id_, post: commands.open_locked(acting, incident=id_, reason=forms.text(post, "reason")),
}
"""What can be asked of an incident: one command each."""


def do(acting: Acting, id_: UUID, post: QueryDict) -> None:
    does = DOES.get(post.get("do", ""))
    if does is None:
        raise Refused("Choose what to do.")
    does(acting, id_, post)
