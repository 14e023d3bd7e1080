"""My work and my team's, all that is late, one duty, and the ledgers."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.duties import commands, forms, queries
from watchward.foundation.duties.commands import DISCHARGE, SUPERVISE
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.duties.pages import asked, one, rows, work
from watchward.foundation.duties.pages import ledgers as books
from watchward.foundation.duties.queries import Scope
from watchward.foundation.records import NotHere
from watchward.foundation.together import together
from watchward.foundation.ui import words
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.parts import DutyRow, Reason
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import day_starts, local_day
from watchward.kernel.refusals import Refused

SHOWN = 50
"""Rows of one list before it says how many more there are."""

MOST_PAGES = 200
"""Pages of the rows of a ledger that can be turned to."""

LOOKED_AHEAD = 5 * SHOWN
"""Rows in time that are read: more than are shown, because what is at risk is found among them."""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@door(needs=None)
def mine(request: HttpRequest) -> HttpResponse:
    """Show what one owes; to whoever supervises, what their team owes, or one of its people."""
    acting = inside(request)
    who, asked = _uuid(request.GET.get("who", "")), request.GET.get("view", "")
    supervises = bool(acting.supervises)
    staff = access.staff_of(acting, teams=acting.supervises) if supervises else []
    people = list(dict.fromkeys((each.account, each.name) for each in staff))
    if who is not None and who in dict(people):
        scope, of = Scope(person=who), dict(people)[who]
    elif supervises and asked != "mine":
        scope, of = Scope(teams=acting.supervises), _team_words(acting, staff)
    else:
        scope, of = Scope(person=acting.account, team=acting.team), "you"
    address = f"{reverse('work:mine')}?{urlencode(_whose(scope, supervises))}"
    if request.GET.get("list", "") in _LISTS:
        return _list(request, acting, scope, of, address)
    return show(request, "duties/mine.html", {"page": _work(acting, scope, of, people, address), "keys": rows.KEYS})


_LISTS = {
    "late": ("Late", "worst harm first"),
    "today": ("Due today", "soonest first"),
    "later": ("Later", "soonest first"),
}


def _whose(scope: Scope, supervises: bool) -> dict[str, str]:
    """Return what an address says of whose work it shows."""
    if scope.person is not None and scope.team is None:
        return {"who": str(scope.person)}
    return {"view": "mine"} if supervises and not scope.teams else {"view": "team"}


def _list(request: HttpRequest, acting: Acting, scope: Scope, of: str, address: str) -> HttpResponse:
    """Show all of one list of somebody's work, by pages."""
    name = request.GET["list"]
    title, note = _LISTS[name]
    found = queries.of_list(acting, scope, name)
    paged = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    duties: list[Duty] = list(paged.object_list)
    reading.listed(acting, f"duties.{name}", [duty.pk for duty in duties])
    context = {
        "title": title, "note": note, "of": of, "total": paged.paginator.count, "number": paged.number,
        "rows": tuple(rows.row(acting, duty, here=at == 0) for at, duty in enumerate(duties)),
        "last": paged.paginator.num_pages, "address": f"{address}&list={name}", "back": address, "keys": rows.KEYS,
    }  # fmt: skip
    return show(request, "duties/list.html", context)


def _team_words(acting: Acting, staff: list[access.Staff]) -> str:
    named = {each.team: each.team_name for each in staff}
    if acting.team in acting.supervises:
        more = len(acting.supervises) - 1
        return named.get(acting.team, "your team") + (f" and {words.counted(more, 'team')} under it" if more else "")
    return words.listed(sorted(named.values())[:3]) or "your teams"


def _work(acting: Acting, scope: Scope, of: str, people: list[tuple[UUID, str]], address: str) -> work.WorkPage:
    since = day_starts(local_day(acting.at) - timedelta(days=7))
    sums = queries.sums(acting, scope, since=since)
    late, ahead = list(queries.late(acting, scope)[:SHOWN]), list(queries.ahead(acting, scope)[:LOOKED_AHEAD])
    today = [duty for duty in ahead if local_day(duty.due_at) == local_day(acting.at)]
    after = ahead[len(today) :]
    counts = queries.by_person(acting, scope)
    late_of = {account: count["late"] for account, count in counts.items()}
    gone_up, asks, released, gone = together(
        queries.gone_up(acting, teams=scope.teams),
        queries.asked_by_me(acting, since=since)[:SHOWN],
        queries.released(acting, scope, since=since)[:SHOWN],
        queries.absent(acting),
    )
    away = queries.by_account(gone)
    risks = {duty.pk: why for duty in after if (why := rows.why_at_risk(duty, acting, late_of, away))}
    lists = {
        "late": late,
        "today": today[:SHOWN],
        "risk": [duty for duty in after if duty.pk in risks],
        "later": [duty for duty in after if duty.pk not in risks][:SHOWN],
    }
    reading.listed(acting, "duties.work", [duty.pk for duties in lists.values() for duty in duties])
    first = next((duty.pk for duties in lists.values() for duty in duties), None)

    def shown(name: str) -> tuple[DutyRow, ...]:
        return tuple(
            rows.row(acting, duty, why_at_risk=risks.get(duty.pk, ""), here=duty.pk == first) for duty in lists[name]
        )

    left = {
        "late": sums.late - len(late), "today": sums.today - len(lists["today"]),
        "later": sums.later - len(risks) - len(lists["later"]),
    }  # fmt: skip

    def section(name: str) -> work.Section:
        title, note = _LISTS[name]
        return work.Section(name, title, note, shown(name), max(0, left[name]), f"{address}&list={name}")

    at_risk = work.Section("risk", "At risk", "in time, unlikely to stay so", shown("risk"))
    sections = (section("late"), section("today"), at_risk, section("later"))
    whole_team = bool(people) and bool(scope.teams)
    return work.WorkPage(
        of=of,
        late=sums.late,
        today=sums.today,
        at_risk=len(risks),
        ledger=work.ledger(sums, of=of, at_risk=len(risks), rows_url=reverse("work:ledgers")),
        sections=sections,
        team=work.team_table(people, counts, reader=acting.account) if whole_team else None,
        team_name=of,
        went_up_to=work.up_to(acting, [up for up in gone_up if up.to_id == acting.account]),
        went_up=work.went_up(acting, [up for up in gone_up if up.duty.owed_by_team_id in scope.teams]),
        asked=asked.mine(acting, asks),
        released=work.released(released),
        views=_views(people, scope),
    )


def _views(people: list[tuple[UUID, str]], scope: Scope) -> tuple[tuple[str, str, bool], ...]:
    if not people:
        return ()
    page = reverse("work:mine")
    return (("Team", page, bool(scope.teams)), ("Yours", f"{page}?view=mine", scope.team is not None))


@door(needs=None)
def overdue(request: HttpRequest) -> HttpResponse:
    """Show all that is late and visible, worst harm first."""
    acting = inside(request)
    teams = queries.by_team(acting)
    asked = request.GET.get("team", "")
    chosen = int(asked) if asked.isdecimal() and int(asked) in {number for number, _name, _late in teams} else None
    late = queries.overdue(acting)
    if chosen is not None:
        late = late.filter(owed_by_team__number=chosen)
    paged = Paginator(late, SHOWN).get_page(request.GET.get("page"))
    duties: list[Duty] = list(paged.object_list)
    reading.listed(acting, "duties.overdue", [duty.pk for duty in duties])
    context = {
        "total": paged.paginator.count,
        "rows": tuple(rows.row(acting, duty, here=at == 0) for at, duty in enumerate(duties)),
        "teams": teams,
        "chosen": chosen,
        "number": paged.number,
        "last": paged.paginator.num_pages,
        "keys": rows.KEYS,
    }
    return show(request, "duties/overdue.html", context)


@door(needs=None)
def ledgers(request: HttpRequest) -> HttpResponse:
    """Show every ledger and whether it balances, with what this reader may not know taken off; count them again."""
    acting = inside(request)
    if request.method == "POST":
        commands.count_again(acting)
        return redirect("work:ledgers")
    found = queries.books(acting)
    context = {
        "books": found,
        "table": books.ledgers_table(found.known),
        "astray": sum(1 for each in found.known if not each.balance.balances),
        "count": len(found.known),
    }
    return show(request, "duties/ledgers.html", context)


@door(needs=None)
def ledger(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the rows of one ledger of duties: those that are open, were done, or were released with a reason."""
    acting = inside(request)
    known, asked = kinds.get(kind), request.GET.get("state", "")
    if known is None:
        raise NotHere("no such kind of duty")
    state = State(asked) if asked in State.values else State.OPEN
    number = int(page) if (page := request.GET.get("page", "")).isdecimal() and 0 < int(page) <= MOST_PAGES else 1
    found = list(queries.rows_of(acting, kind=kind, state=state)[(number - 1) * SHOWN : number * SHOWN + 1])
    rows_, more = found[:SHOWN], len(found) > SHOWN
    reading.listed(acting, "duties.ledger", [duty.pk for duty in rows_])
    context = {
        "kind": known, "state": state, "states": books.WORDS, "table": books.duties_table(rows_, state),
        "number": number, "more": more and number < MOST_PAGES,
    }  # fmt: skip
    return show(request, "duties/ledger.html", context)


@door(needs=None)
def duty(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one duty; give it, release it, or say that it is done."""
    acting = inside(request)
    wrong: tuple[Reason, ...] = ()
    did = request.POST.get("do", "")
    if did and did != "ask":
        try:
            _do(acting, id_, request)
            return redirect("work:duty", id_=id_)
        except Refused as refused:
            wrong = refused.reasons
    row = queries.duty(acting, id_=id_)
    form = _ask_form(request, acting, row)
    if did == "ask" and form is not None and form.is_valid():
        try:
            commands.ask(acting, duty=id_, **form.said())
            tell(request, "Asked. The answer will stand here and among your work.")
            return redirect("work:duty", id_=id_)
        except Refused as refused:
            form.refuse(refused.reasons)
    reading.listed(acting, "duties.one", [row.pk], about=row.about)
    kind = kinds.get(row.kind)
    entries = audit.story(acting, record=row.pk)
    people = dict(access.people_of(acting, teams=frozenset({row.owed_by_team_id}))) if row.owed_by_team_id else {}
    command = audit.proof(acting, command=row.closed_command) if row.closed_command else None
    is_open = row.state == State.OPEN
    actions = rows.actions(acting, row, kind, "")
    page = one.OnePage(
        id=row.pk,
        asks=kind.asks if kind else row.kind,
        what=row.what,
        reference=row.reference,
        state=rows.state_of(acting, row),
        facts=one.facts(row),
        rules=one.rule_tables(kind),
        history=one.history(entries, access.names_of(acting, _people_in(entries))),
        proof=one.proof(row, command),
        do=actions[0] if is_open and actions and actions[0].url and rows.url_of(kind, row.about) else None,
        may_discharge=is_open and kind is not None and kind.met is None and acting.may(DISCHARGE),
        may_supervise=is_open and acting.may(SUPERVISE),
        people=tuple((str(account), name) for account, name in people.items()),
        seen=tuple(each.pk for each in queries.gone_up_to(acting) if each.duty_id == row.pk and each.seen_at is None),
        asked=tuple(
            asked.one(acting, each, may_answer=queries.may_answer(acting, each))
            for each in (queries.asks_about(acting, duty=row.pk) if row.asked else ())
        ),
        may_ask=form is not None,
        typed={name: request.POST.get(name, "") for name in ("to", "reason", "words")},
        wrong=wrong,
    )
    failed = bool(wrong) or (form is not None and bool(form.errors))
    return show(request, "duties/duty.html", {"page": page, "ask": form}, status=422 if failed else 200)


def _ask_form(request: HttpRequest, acting: Acting, duty: Duty) -> forms.AskForm | None:
    """Return the form to ask about a duty; None where it has ended, or is not theirs."""
    if duty.state != State.OPEN or not acting.may(DISCHARGE) or not queries.is_theirs(acting, duty):
        return None
    sent = request.POST if request.POST.get("do") == "ask" else None
    return forms.AskForm(
        sent, askable=queries.askable(acting, duty=duty),
        initial={"answer_by": duty.due_at if duty.due_at > acting.at else None},
    )  # fmt: skip


def _people_in(entries: list[audit.Entry]) -> set[UUID]:
    found = (entry.change.row.get("owed_by_id") for entry in entries if entry.change.row)
    return {UUID(id_) for id_ in found if id_}


def _do(acting: Acting, id_: UUID, request: HttpRequest) -> None:
    match request.POST.get("do", ""):
        case "give":
            commands.give(acting, duty=id_, to=_uuid(request.POST.get("to", "")) or UUID(int=0))
        case "release":
            commands.release(acting, duty=id_, reason=request.POST.get("reason", ""))
        case "done":
            commands.discharge(acting, duty=id_, words=request.POST.get("words", ""))
        case "withdraw":
            commands.withdraw(acting, asked=_uuid(request.POST.get("asked", "")) or UUID(int=0))
        case _:
            raise Refused("Choose what to do.")


@door(needs=DISCHARGE)
def seen(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Say that one has seen what went up to one."""
    if request.method == "POST":
        commands.see_escalation(inside(request), escalation=id_)
    return redirect("work:mine")


@door(needs=DISCHARGE)
def answer(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show what was asked about a duty, and take the answer."""
    acting = inside(request)
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer(acting, asked=id_, words=form.cleaned_data["answer"])
            tell(request, "Answered")
            return redirect("work:mine")
        except Refused as refused:
            form.refuse(refused.reasons)
    row = queries.ask(acting, id_=id_)
    reading.listed(acting, "duties.ask", [row.duty_id], about=row.about)
    page = asked.one(acting, row, may_answer=queries.may_answer(acting, row))
    context = {"page": page, "form": form, "facts": asked.facts(acting, row)}
    return show(request, "duties/answer.html", context, status=422 if request.method == "POST" else 200)
