"""What the pages of incidents show."""

from watchward.domains.incidents.pages.board import BoardPage, board_page
from watchward.domains.incidents.pages.briefing import BriefingPage, briefing_page
from watchward.domains.incidents.pages.demand import SurgePage, surge_page
from watchward.domains.incidents.pages.deployments import DayPage, csv_rows, day_page
from watchward.domains.incidents.pages.incident import IncidentPage, as_typed, incident_page
from watchward.domains.incidents.pages.units import UnitsPage, units_page

__all__ = [
    "BoardPage",
    "BriefingPage",
    "DayPage",
    "IncidentPage",
    "SurgePage",
    "UnitsPage",
    "as_typed",
    "board_page",
    "briefing_page",
    "csv_rows",
    "day_page",
    "incident_page",
    "surge_page",
    "units_page",
]
