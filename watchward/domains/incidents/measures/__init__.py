"""What is counted of incidents: how many, how soon somebody was there, and care for those who waited."""

from watchward.domains.incidents.measures import delays, domestic, response

__all__ = ["delays", "domestic", "response"]
