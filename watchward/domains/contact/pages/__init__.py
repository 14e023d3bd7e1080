"""What the pages of contact show."""

from watchward.domains.contact.pages.call import CallPage, LogPage, call_page, log_page
from watchward.domains.contact.pages.know import Card
from watchward.domains.contact.pages.listing import ListPage, list_page
from watchward.domains.contact.pages.say import Box
from watchward.domains.contact.pages.telling import matters, trend_words

__all__ = [
    "Box", "CallPage", "Card", "ListPage", "LogPage", "call_page", "list_page", "log_page", "matters", "trend_words",
]  # fmt: skip
