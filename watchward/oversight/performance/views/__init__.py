"""The doors of performance: reading measures, and keeping what is said of them."""

from watchward.oversight.performance.views.keeping import keep
from watchward.oversight.performance.views.reading import board, every, figures, one, rows, signal

__all__ = ["board", "every", "figures", "keep", "one", "rows", "signal"]
