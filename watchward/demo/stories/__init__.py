"""The told stories, in the order in which they are listed."""

from __future__ import annotations

from watchward.demo.play import Story
from watchward.demo.stories import (
    crime_desk,
    crime_to_outcome,
    crisis,
    cuckooed,
    dementia,
    farm,
    first_of_january,
    guidance,
    handing_over,
    hate_at_shop,
    kept_apart,
    machinery,
    missing_teenager,
    morning,
    neighbours,
    old_records,
    repeat_victim,
    same_name,
    three_spellings,
    training,
)
from watchward.demo.telling import Told

TOLD: tuple[Told, ...] = (
    repeat_victim.TOLD,
    dementia.TOLD,
    hate_at_shop.TOLD,
    missing_teenager.TOLD,
    crisis.TOLD,
    same_name.TOLD,
    three_spellings.TOLD,
    first_of_january.TOLD,
    *kept_apart.TOLD,
    neighbours.TOLD,
    farm.TOLD,
    cuckooed.TOLD,
    guidance.TOLD,
    old_records.TOLD,
    *crime_to_outcome.TOLD,
    *morning.TOLD,
    *handing_over.TOLD,
)

STORIES: tuple[Story, ...] = (*(one.tell for one in TOLD), machinery.tell, crime_desk.tell, training.tell)
