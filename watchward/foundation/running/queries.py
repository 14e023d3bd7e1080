"""Reading how the installation runs; nothing of anybody."""

from __future__ import annotations

from dataclasses import dataclass

from watchward.foundation.acting import Acting
from watchward.foundation.database import home_directory
from watchward.foundation.duties import queries as duties
from watchward.foundation.running.standing import Standing, standing
from watchward.foundation.running.timing import Page, pages

READ = "running.read"


@dataclass(frozen=True)
class Running:
    """How the installation runs.

    Args:
        stands: how it stands now.
        books: the ledgers.
        pages: how long each page took since its process began.
    """

    stands: Standing
    books: duties.Books
    pages: dict[str, Page]


def running(acting: Acting) -> Running:
    """Return how the installation runs now.

    Args:
        acting: who looks.
    """
    return Running(standing(), duties.books(acting), pages(home_directory()))
