"""The force's roles: what each lets people do, and where it starts its day."""

from __future__ import annotations

from watchward.domains.contact.vocabulary import Permission as Contact
from watchward.domains.crimes.vocabulary import Permission as Crimes
from watchward.domains.incidents.vocabulary import Permission as Incidents
from watchward.domains.objects.vocabulary import Permission as Objects
from watchward.domains.offences.vocabulary import Permission as Offences
from watchward.domains.organisation.vocabulary import Permission as Organisation
from watchward.domains.partners.vocabulary import Permission as Partners
from watchward.domains.people.vocabulary import Permission as People
from watchward.domains.places.vocabulary import Permission as Places
from watchward.domains.victims.vocabulary import Permission as Victims
from watchward.foundation.access.commands import ADMINISTER
from watchward.foundation.access.policy import AUDIT_PERMISSION
from watchward.foundation.access.roles import Role
from watchward.foundation.audit.commands import ERASE
from watchward.foundation.duties.commands import DISCHARGE, PROVE, SUPERVISE
from watchward.foundation.guidance.vocabulary import Permission as Guidance
from watchward.foundation.machines.vocabulary import KEEP as KEEP_CLIENTS
from watchward.foundation.measures import commands as measures
from watchward.foundation.reading import OPEN_LOCKED, REVIEW_OPENING
from watchward.foundation.retention.vocabulary import Permission as Retention
from watchward.foundation.running.queries import READ as RUNNING
from watchward.oversight.looking.vocabulary import Permission as Looking
from watchward.oversight.open_data.vocabulary import Permission as OpenData
from watchward.oversight.performance.vocabulary import Permission as Performance
from watchward.oversight.profile.vocabulary import Permission as Profile

READS = frozenset(
    {
        Places.READ, Objects.READ, People.READ, Partners.READ, Incidents.READ, Contact.READ, Profile.READ,
        Offences.READ, OpenData.READ, Crimes.READ, Crimes.REPORT, Victims.READ, Guidance.READ,
        DISCHARGE, OPEN_LOCKED,
    }
)  # fmt: skip
"""What everybody who works with the public may do: read what is open, and do what they owe."""

RECORDS = frozenset({Places.RECORD, Objects.RECORD, People.RECORD, People.LINK})

APPROVES = frozenset({Places.APPROVE, Objects.APPROVE, People.APPROVE})
"""What supervisors are asked for: whether what others marked is right."""

PERFORMANCE = frozenset({measures.READ, Performance.EXPLAIN})
"""What supervisors do about measures: read them, and say why one got worse."""

ROLES: tuple[Role, ...] = (
    Role(
        "call-handler",
        "Call handler",
        READS | RECORDS | {Contact.TAKE, Incidents.OPEN, Incidents.ASSESS, Incidents.GRADE},
        home="contact:start",
    ),
    Role(
        "response-officer",
        "Response officer",
        READS | RECORDS
        | {Incidents.ATTEND, Incidents.ASSESS, People.MARK, Objects.MARK, Crimes.RECORD, Crimes.INVESTIGATE,
           Victims.CARE},
    ),
    Role(
        "sergeant",
        "Sergeant",
        READS | RECORDS | APPROVES | PERFORMANCE
        | {Incidents.ATTEND, Incidents.ASSESS, Incidents.GRADE, Incidents.CLOSE, Incidents.HANDLE, People.MARK,
           People.HANDLE, Places.MARK, Objects.MARK, Crimes.RECORD, Crimes.INVESTIGATE, Victims.CARE, Crimes.ALLOCATE,
           Crimes.AGREE, SUPERVISE, REVIEW_OPENING},
    ),
    Role(
        "investigator",
        "Investigator",
        READS | RECORDS | {Incidents.ASSESS, People.MARK, Crimes.RECORD, Crimes.INVESTIGATE, Victims.CARE},
        home="crimes:list",
    ),
    Role(
        "investigation-supervisor",
        "Investigation supervisor",
        READS | RECORDS
        | {Incidents.ASSESS, People.MARK, People.HANDLE, Crimes.RECORD, Crimes.INVESTIGATE, Victims.CARE,
           Crimes.ALLOCATE, Crimes.AGREE, SUPERVISE, REVIEW_OPENING},
        home="crimes:list",
    ),
    Role(
        "crime-desk",
        "Crime desk",
        READS | RECORDS | {Crimes.RECORD, Crimes.INVESTIGATE, Victims.CARE, Crimes.ALLOCATE, Crimes.CANCEL, SUPERVISE},
        home="crimes:queue",
    ),
    Role(
        "crime-registrar",
        "Force crime registrar",
        READS | {Crimes.RECORD, Crimes.CANCEL, Crimes.REGISTER, Crimes.INVESTIGATE, SUPERVISE, KEEP_CLIENTS},
        home="crimes:registrar",
    ),
    Role(
        "force-incident-manager",
        "Force incident manager",
        READS | RECORDS | APPROVES | PERFORMANCE
        | {Incidents.OPEN, Incidents.ASSESS, Incidents.GRADE, Incidents.DISPATCH, Incidents.ATTEND, Incidents.CLOSE,
           Incidents.HANDLE, Incidents.RESOURCE, Contact.TAKE, Places.MARK, People.MARK, People.HANDLE, Objects.MARK,
           SUPERVISE, REVIEW_OPENING, KEEP_CLIENTS},
        home="incidents:board",
    ),
    Role(
        "guidance-lead",
        "Guidance lead",
        READS | PERFORMANCE | {Guidance.WRITE, Guidance.PUBLISH, Partners.RECORD, SUPERVISE},
        home="guidance:toolkit",
    ),
    Role("auditor", "Auditor", READS | {AUDIT_PERMISSION, Looking.REVIEW, Looking.DECLARE, measures.READ},
         home="audit:looks"),
    Role(
        "data-protection-officer",
        "Data protection officer",
        frozenset(Retention) | {AUDIT_PERMISSION, ERASE, DISCHARGE, Guidance.READ},
        home="audit:looks",
    ),
    Role(
        "records-manager",
        "Records manager",
        READS | frozenset(Retention),
        home="retention:due",
    ),
    Role(
        "administrator",
        "Administrator",
        frozenset(
            {ADMINISTER, RUNNING, Organisation.ADMINISTER, Partners.RECORD, Partners.READ, People.LOAD, Offences.READ,
             Offences.LOAD, OpenData.READ, OpenData.LOAD, Incidents.LOAD, Contact.LOAD, Crimes.LOAD, Victims.LOAD,
             DISCHARGE, Guidance.READ,
             measures.READ, measures.RECORD, measures.PUBLISH, KEEP_CLIENTS}
        ),
        home="work:mine",
    ),
    Role("machinery", "Watchward itself", frozenset({PROVE, Incidents.WATCH})),
)  # fmt: skip
