"""The partners' directory of the invented force: whom to ring, what they help with, and on what law we share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from watchward.demo.force import SINCE
from watchward.domains.partners import commands as partners
from watchward.domains.partners.vocabulary import AgencyKind, ForWhom, Need, RouteKind
from watchward.foundation.acting import Acting

REVIEWED: Final = date(2020, 4, 1)
"""By when each agreement is looked at again."""


@dataclass(frozen=True)
class Partner:
    """An agency as the directory has it.

    Args:
        name: invented.
        kind: what it is.
        number: one of Ofcom's for drama.
        mail: at `.example`.
        service: what it offers.
        needs: what that helps with.
        groups: for whom it is; everybody where none is named.
        how: how somebody is referred.
        shares: what we share with it; empty where nothing is agreed.
    """

    name: str
    kind: AgencyKind
    number: str
    mail: str
    service: str
    needs: tuple[Need, ...]
    how: str
    shares: str = ""
    groups: tuple[ForWhom, ...] = ()


PARTNERS: Final = (
    Partner("Potteries adult social care", AgencyKind.ADULT_SOCIAL_CARE, "01632 960186", "duty@adults.example",
            "Adults at risk", (Need.ADULT_AT_RISK, Need.DEMENTIA, Need.OLDER_PEOPLE),
            "Ring the duty desk, then the form", "Who is at risk, where, and what was seen", (ForWhom.ADULTS,)),
    Partner("County children's services", AgencyKind.CHILDREN, "01632 960187", "frontdoor@children.example",
            "Front door", (Need.CHILD_AT_RISK, Need.YOUNG_PEOPLE), "Form at once, ring when it cannot wait",
            "Who the child is, who lives there, and what was seen", (ForWhom.CHILDREN, ForWhom.YOUNG_PEOPLE)),
    Partner("North crisis team", AgencyKind.MENTAL_HEALTH, "01632 960188", "crisis@mind-north.example",
            "Crisis team", (Need.MENTAL_HEALTH, Need.SUICIDE), "Ring at any hour",
            "What was said and seen in the crisis"),
    Partner("Safe Harbour refuge", AgencyKind.VOLUNTARY, "01632 960189", "referrals@safe-harbour.example",
            "Refuge and outreach", (Need.DOMESTIC_ABUSE,), "Only with her agreement, by telephone",
            "Name and a safe number, with her agreement"),
    Partner("Stand Together against hate", AgencyKind.VOLUNTARY, "01632 960190", "help@stand-together.example",
            "Support after hate crime", (Need.HATE,), "They ring within two days"),
    Partner("Terrace housing", AgencyKind.HOUSING, "01632 960191", "tenancy@terrace.example",
            "Tenancy support", (Need.ADULT_AT_RISK, Need.HOMELESSNESS), "Mail the tenancy officer",
            "Which tenancy, and what neighbours reported"),
    Partner("Clean Slate", AgencyKind.VOLUNTARY, "01632 960192", "hello@clean-slate.example",
            "Drugs and alcohol", (Need.DRUGS_AND_ALCOHOL,), "They may ring themselves"),
    Partner("Open Door youth", AgencyKind.VOLUNTARY, "01632 960194", "hello@open-door.example",
            "A bed and somebody to talk to", (Need.HOMELESSNESS, Need.MISSING, Need.YOUNG_PEOPLE),
            "Ring before you bring them, until 22:00", groups=(ForWhom.YOUNG_PEOPLE,)),
    Partner("The Quiet Room", AgencyKind.HEALTH, "01632 960195", "quiet-room@health.example",
            "After sexual violence", (Need.SEXUAL_VIOLENCE,), "They see anybody, reported or not"),
    Partner("County ambulance", AgencyKind.AMBULANCE, "01632 960193", "control@ambulance.example",
            "Ambulance control", (), "From control room to control room"),
)  # fmt: skip


def enter_partners(acting: Acting) -> None:
    """Enter every partner with how it is reached, what it offers, the law and the agreement."""
    for one in PARTNERS:
        agency = partners.add_agency(acting, name=one.name, kind=one.kind, since=SINCE).pk
        always = one.kind in (AgencyKind.AMBULANCE, AgencyKind.MENTAL_HEALTH)
        partners.add_route(
            acting, agency=agency, kind=RouteKind.TELEPHONE, words="Duty desk", to=one.number, since=SINCE,
            hours="" if always else "Weekdays, 09:00 to 17:00", round_the_clock=always,
        )  # fmt: skip
        partners.add_route(
            acting, agency=agency, kind=RouteKind.MAIL, words="Referrals", to=one.mail, since=SINCE,
            hours="Read on weekdays",
        )  # fmt: skip
        if one.needs:
            partners.add_service(
                acting, agency=agency, name=one.service, needs=one.needs, how=one.how, since=SINCE, groups=one.groups
            )
        if one.shares:
            partners.add_agreement(
                acting, agency=agency, title=f"Sharing with {one.name}", covers=one.shares, since=SINCE,
                review_on=REVIEWED,
            )  # fmt: skip
