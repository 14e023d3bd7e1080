"""What is done about telephone numbers: recording them, saying that they are shared, marking them."""

from watchward.domains.objects.commands.marking import approve_marker, mark_number, review_marker
from watchward.domains.objects.commands.recording import record_number, record_numbers, say_shared

__all__ = ["approve_marker", "mark_number", "record_number", "record_numbers", "review_marker", "say_shared"]
