"""What is owed because of incidents, and how long they are kept."""

from watchward.domains.incidents.duties import keeping
from watchward.domains.incidents.duties.response import AGREE, ASSESS, ATTEND, HOUSEHOLD, LATER, REASSESS, RECONTACT

__all__ = ["AGREE", "ASSESS", "ATTEND", "HOUSEHOLD", "LATER", "REASSESS", "RECONTACT", "keeping"]
