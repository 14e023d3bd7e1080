"""The database of this process: an embedded PostgreSQL unless WATCHWARD_DATABASE_URL names another."""

from __future__ import annotations

from watchward.foundation.database.embedded import Embedded
from watchward.foundation.database.home import DatabaseRefused, home_directory, kept_secret
from watchward.foundation.database.roles import refuse_privileged_role
from watchward.foundation.database.where import Where

__all__ = ["DatabaseRefused", "Embedded", "Where", "home_directory", "kept_secret", "refuse_privileged_role"]
