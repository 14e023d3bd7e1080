"""A page as whoever asks for it may see it, made ready for paper."""

from __future__ import annotations

from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.documents.out_of_page import read
from watchward.foundation.documents.typesetting import typeset
from watchward.foundation.documents.vocabulary import Document
from watchward.foundation.ui import words


def on_paper(acting: Acting, *, page: str, address: str, view: str, marking: str) -> tuple[str, bytes]:
    """Return a page as a PDF, and the number of this copy; the trace says that it was printed.

    Args:
        acting: whoever printed it; the page was made for them in this transaction.
        page: its HTML.
        address: its path.
        view: the name of its view, which the trace holds where the page is of no one record.
        marking: the protective marking.

    Raises:
        ValueError: it is no page of the force.
        django.db.DatabaseError: the trace cannot be written; then nothing is printed.
    """
    title, blocks = read(page)
    copy = reading.printed(acting, view)
    at = words.moment(acting.at)
    made = Document(title, blocks, marking=marking, by=acting.name, at=at, copy=copy, source=address)
    return copy, typeset(made, at=acting.at)
