"""The directory of partners: who they are, how they are reached, on what basis we share, and what they offer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.domains.signed_in import signed_in
from tests.factories import START, officer
from watchward.domains.partners import commands, queries
from watchward.domains.partners.models import Agency
from watchward.domains.partners.vocabulary import AgencyKind, Need, RouteKind
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Denied
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

TODAY = date(2019, 7, 1)
STOKE, LEEK = "E06000021", "E07000198"


@pytest.fixture
def keeper() -> Acting:
    return officer("administrator")


@pytest.fixture
def agency(keeper: Acting) -> Agency:
    with within(keeper):
        return commands.add_agency(keeper, name="Moorlands Care", kind=AgencyKind.ADULT_SOCIAL_CARE, since=START)


@pytest.mark.report("VUL-15", by="partners.commands.add_agreement")
def test_an_agency_with_its_bases_and_agreements(keeper: Acting, agency: Agency) -> None:
    """How it is reached, on what law and under which agreement we share: each is read as it stood on a day."""
    with within(keeper):
        commands.add_route(
            keeper, agency=agency.pk, kind="Telephone", words="Emergency duty team", to="01632 960050", since=START,
            round_the_clock=True, hours="ignored",
        )  # fmt: skip
        day = commands.add_route(
            keeper, agency=agency.pk, kind=RouteKind.MAIL, words="First contact", to="care@moorlands.example",
            since=START, hours="Mon to Fri, 08:30 to 17:00",
        )  # fmt: skip
        commands.add_basis(
            keeper, agency=agency.pk, law="Care Act 2014 s.6", covers="Concerns for an adult at risk", since=START
        )
        agreed = commands.add_agreement(
            keeper, agency=agency.pk, title="Sharing for adults at risk", covers="Name, address, concern", since=START,
            review_on=date(2019, 7, 1),
        )  # fmt: skip
        assert [route.words for route in queries.routes(keeper, on=TODAY, agency=agency.pk)] == [
            "Emergency duty team", "First contact",
        ]  # fmt: skip
        assert queries.routes(keeper, on=TODAY)[0].hours == ""
        commands.end_entry(keeper, what="route", entry=day.pk, until=TODAY)
        assert len(queries.routes(keeper, on=TODAY)) == 1
        assert len(queries.routes(keeper, on=date(2019, 6, 30))) == 2
        assert [basis.law for basis in queries.lawful_bases(keeper, agency=agency.pk, on=TODAY)] == [
            "Care Act 2014 s.6"
        ]
        with pytest.raises(Refused, match="later than this one"):
            commands.review_agreement(keeper, agreement=agreed.pk, review_on=TODAY)
        commands.review_agreement(keeper, agreement=agreed.pk, review_on=date(2020, 7, 1))
        [row] = queries.agreements(keeper)
        assert row.review_on == date(2020, 7, 1)


def test_all_that_is_missing_is_said_at_once(keeper: Acting, agency: Agency) -> None:
    """Each form's reasons come together, each at its field."""
    with within(keeper):
        tries: list[tuple[Any, dict[str, Any], list[str]]] = [
            (commands.add_agency, {"name": " ", "kind": "x", "since": START}, ["name", "kind"]),
            (commands.add_agency, {"name": "moorlands care", "kind": "Health", "since": START}, ["name"]),
            (
                commands.add_route,
                {"agency": agency.pk, "kind": "x", "words": "", "to": "", "since": START},
                ["kind", "to", "hours", "words"],
            ),
            (commands.add_basis, {"agency": agency.pk, "law": "", "covers": "", "since": START}, ["law", "covers"]),
            (
                commands.add_agreement,
                {"agency": agency.pk, "title": "", "covers": "", "since": TODAY, "review_on": START, "until": START},
                ["title", "covers", "review_on", "until"],
            ),
            (
                commands.add_service,
                {"agency": agency.pk, "name": "", "needs": ["x"], "how": "", "since": START, "districts": ["X"]},
                ["name", "needs", "how", "districts"],
            ),
            (commands.end_entry, {"what": "friendship", "entry": agency.pk, "until": TODAY}, [""]),
            (commands.end_agency, {"agency": agency.pk, "until": START}, ["until"]),
        ]
        for command, given, fields in tries:
            with pytest.raises(Refused) as refused:
                command(keeper, **given)
            assert [reason.field for reason in refused.value.reasons] == fields, command.name


def test_services_for_a_need(keeper: Acting, agency: Agency) -> None:
    """A service is found by what it helps with and where somebody lives; one that names no district serves all."""
    with within(keeper):
        commands.add_service(
            keeper, agency=agency.pk, name="Sitting service", needs=[Need.DEMENTIA, Need.OLDER_PEOPLE],
            how="Ring first contact", since=START, districts=[LEEK],
        )  # fmt: skip
        commands.add_service(
            keeper,
            agency=agency.pk,
            name="Night line",
            needs=["Thoughts of suicide"],
            how="Anybody may ring",
            since=START,
        )

        def found(**asked: Any) -> list[str]:
            return [service.name for service in queries.services(keeper, on=TODAY, **asked)]

        assert found() == ["Night line", "Sitting service"]
        assert found(need=Need.DEMENTIA) == ["Sitting service"]
        assert found(need=Need.DEMENTIA, district=STOKE) == []
        assert found(district=LEEK) == ["Night line", "Sitting service"]
        assert found(need=Need.SUICIDE, district=STOKE) == ["Night line"]
        commands.end_agency(keeper, agency=agency.pk, until=TODAY)
        assert found() == []
        assert [row.name for row in queries.agencies(keeper, on=date(2019, 6, 30))] == ["Moorlands Care"]
        with pytest.raises(Refused, match="ended on 1 July 2019 already"):
            commands.end_agency(keeper, agency=agency.pk, until=date(2019, 8, 1))


def test_who_keeps_it() -> None:
    """A call handler reads the directory and does not change it."""
    reader = officer("call-handler")
    with within(reader):
        assert not queries.agencies(reader, on=TODAY).exists()
        with pytest.raises(Denied):
            commands.add_agency(reader, name="X", kind="Health", since=START)


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.mark.report("VUL-15", by="partners.queries.agencies")
def test_the_pages_of_the_directory(settings: Any) -> None:
    """A keeper fills the directory by its forms, and a call handler finds whom to ring at night."""
    keeper, _who = signed_in(settings, "administrator")
    typed = {"name": "Moorlands Care", "kind": "Adult social care", "about": "For adults", **_day("since", START)}
    assert keeper.post("/partners/add", {**typed, "kind": ""}).status_code == 422
    assert keeper.post("/partners/add", typed).status_code == 302
    acting = officer("administrator")
    with within(acting):
        [agency] = queries.agencies(acting, on=TODAY)
    page = f"/partners/{agency.pk}"
    route = {"kind": "Telephone", "words": "Emergency duty team", "to": "01632 960050", "round_the_clock": "on"}
    since = _day("since", START)
    for what, said in (
        ("route", route),
        ("basis", {"law": "Care Act 2014 s.6", "covers": "Concerns for an adult at risk"}),
        ("agreement", {"title": "Sharing", "covers": "Name and concern", **_day("review_on", date(2020, 1, 1))}),
        ("service", {"name": "Sitting service", "needs": ["Dementia"], "how": "Ring first contact"}),
    ):
        assert keeper.post(f"{page}/add/{what}", {**said, **since}).status_code == 302, what
    assert keeper.get(f"{page}/add/friendship").status_code == 404
    assert keeper.post(f"{page}/change", {**typed, "about": "For adults at risk"}).status_code == 302
    reader, _who = signed_in(settings, "call-handler")
    listed = reader.get("/partners/?need=Dementia").content.decode()
    for words in ("01632 960050", "Emergency duty team", "Moorlands Care", "in force, review late", "Sitting service"):
        assert words in listed, words
    assert "Add an agency" not in listed
    assert "None for this" in reader.get("/partners/?need=Hate").content.decode()
    shown = reader.get(page).content.decode()
    for words in ("For adults at risk", "Care Act 2014 s.6", "Name and concern", "day and night"):
        assert words in shown, words
    assert reader.get(f"{page}/change").status_code == 403
    with within(acting):
        [entry] = queries.routes(acting, on=TODAY)
    assert keeper.post(f"/partners/end/route/{entry.pk}", _day("until", date(2019, 7, 2))).status_code == 302
    assert "01632 960050" not in reader.get("/partners/").content.decode()
    assert keeper.post(f"{page}/close", _day("until", date(2019, 7, 2))).status_code == 302
    assert "Not in the directory since 2 July 2019" in reader.get(page).content.decode()
