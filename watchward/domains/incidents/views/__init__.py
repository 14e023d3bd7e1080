"""The pages of incidents; no decision is taken here."""

from watchward.domains.incidents.views.pages import (
    board,
    briefing,
    delay,
    deployments,
    deployments_csv,
    one,
    surge,
)
from watchward.domains.incidents.views.units import units

__all__ = ["board", "briefing", "delay", "deployments", "deployments_csv", "one", "surge", "units"]
