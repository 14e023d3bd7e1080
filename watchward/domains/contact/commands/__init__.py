"""Taking a call, saying who it is, what was said, and what becomes of it."""

from watchward.domains.contact.commands.bringing import bring_calls
from watchward.domains.contact.commands.caller import choose_place, decide_caller, involve, make_caller_known
from watchward.domains.contact.commands.ending import carry_on, end_call, open_incident
from watchward.domains.contact.commands.said import add_line, answer_nurse, ask_nurse, give_advice, identify
from watchward.domains.contact.commands.taking import record_abandoned, record_call, take_call

__all__ = [
    "add_line",
    "answer_nurse",
    "ask_nurse",
    "bring_calls",
    "carry_on",
    "choose_place",
    "decide_caller",
    "end_call",
    "give_advice",
    "identify",
    "involve",
    "make_caller_known",
    "open_incident",
    "record_abandoned",
    "record_call",
    "take_call",
]
