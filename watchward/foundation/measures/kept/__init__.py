"""Months that are over, kept as they were counted, and counted anew where anything that decides about them changed.

A figure is then the sum of kept months and of what is counted now. It is the same as if all were counted now: what has
changed since a month was kept is asked each time, and a month that it reaches is counted from its rows.
"""

from watchward.foundation.measures.kept.asking import from_kept
from watchward.foundation.measures.kept.keeping import keep_months

__all__ = ["from_kept", "keep_months"]
