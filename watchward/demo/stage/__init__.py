"""Where stories are played: whoever acts, acts through the real commands at the time that the story says."""

from __future__ import annotations

from watchward.demo.stage.calls import Calls
from watchward.demo.stage.company import Cast
from watchward.demo.stage.crimes import Crimes
from watchward.demo.stage.records import Records
from watchward.demo.stage.response import Response
from watchward.demo.stage.upkeep import Upkeep
from watchward.demo.stage.victims import Victims


class Stage(Records, Calls, Response, Crimes, Victims, Upkeep):
    """Plays acts at the present moment of the play."""


__all__ = ["Cast", "Stage"]
