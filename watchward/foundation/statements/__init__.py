"""Statements whose words are worked out once and sent many times, each time with other values.

Django works out the words of a statement anew each time that it is sent, which at the end of every command costs more
than the database needs to answer.
"""

from watchward.foundation.statements.among import Among
from watchward.foundation.statements.asking import Asked, Slot, any_of
from watchward.foundation.statements.sending import as_array, send
from watchward.foundation.statements.writing import change, change_and_insert, insert, save_changed, save_new

__all__ = [
    "Among", "Asked", "Slot", "any_of", "as_array", "change", "change_and_insert", "insert", "save_changed", "save_new",
    "send",
]  # fmt: skip
