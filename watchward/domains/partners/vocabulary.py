"""The words of partners: what kinds of agency there are, what their services help with, on what basis we share."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see the directory of partners.
    RECORD: keep the directory of partners.
    """

    READ = "partners.read"
    RECORD = "partners.record"


class AgencyKind(StrEnum):
    """What an agency is."""

    ADULT_SOCIAL_CARE = "Adult social care"
    CHILDREN = "Children's services"
    HEALTH = "Health"
    MENTAL_HEALTH = "Mental health"
    AMBULANCE = "Ambulance"
    FIRE = "Fire and rescue"
    HOUSING = "Housing"
    EDUCATION = "Education"
    PROBATION = "Probation"
    COURTS = "Courts and prosecution"
    VOLUNTARY = "Voluntary organisation"
    POLICE = "Police"
    OTHER = "Other"


class Need(StrEnum):
    """What somebody vulnerable may need help with, as the toolkit for vulnerability lists it."""

    DOMESTIC_ABUSE = "Domestic abuse"
    SEXUAL_VIOLENCE = "Sexual violence"
    CHILD_AT_RISK = "A child at risk"
    ADULT_AT_RISK = "An adult at risk"
    MENTAL_HEALTH = "Mental health"
    SUICIDE = "Thoughts of suicide"
    DRUGS_AND_ALCOHOL = "Drugs and alcohol"
    HOMELESSNESS = "Homelessness"
    DEMENTIA = "Dementia"
    DISABILITY = "Disability"
    MODERN_SLAVERY = "Modern slavery"
    HATE = "Hate"
    FRAUD = "Fraud and scams"
    OLDER_PEOPLE = "Older people living alone"
    YOUNG_PEOPLE = "Young people"
    MISSING = "Going missing"


class ForWhom(StrEnum):
    """For whom a service is, where it is not for everybody: the groups of the toolkit."""

    CHILDREN = "children"
    YOUNG_PEOPLE = "young-people"
    ADULTS = "adults"

    @property
    def words(self) -> str:
        """Its name as people say it."""
        return self.value.replace("-", " ").capitalize()


class RouteKind(StrEnum):
    """How an agency is reached."""

    TELEPHONE = "Telephone"
    MAIL = "Mail"
    FORM = "Referral form"
    IN_PERSON = "In person"
