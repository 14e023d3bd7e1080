"""Everything that an installation is told by its environment: each setting with what it takes, checked all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from watchward.config.outside import outside_sign_in
from watchward.kernel.refusals import Refused

Fault = Callable[[str], str]
"""Says what is wrong with a value, in words that follow the setting's name; empty where nothing is."""

PREFIX = "WATCHWARD_"


@dataclass(frozen=True)
class Setting:
    """One setting.

    Args:
        name: in the environment.
        otherwise: what holds where it is not given, in words.
        says: what it is for.
        fault: says what is wrong with a value.
        secret: whether its value is never shown.
    """

    name: str
    otherwise: str
    says: str
    fault: Fault = lambda _given: ""
    secret: bool = False


def whole(least: int, most: int) -> Fault:
    """Return the check of a whole number within bounds."""

    def fault(given: str) -> str:
        fits = given.isascii() and given.isdecimal() and least <= int(given) <= most
        return "" if fits else f"must be a whole number from {least} to {most}"

    return fault


def one_of(*words: str) -> Fault:
    """Return the check of a word among others."""
    return lambda given: "" if given in words else f"must be {' or '.join(words)}"


def several_of(*words: str) -> Fault:
    """Return the check of words among others, with commas between."""

    def fault(given: str) -> str:
        strange = [each for each in given.split(",") if each.strip() not in words]
        return f"takes {' and '.join(words)}, with a comma between" if strange else ""

    return fault


def address(*schemes: str) -> Fault:
    """Return the check of an address."""
    begin = " or ".join(f"{scheme}://" for scheme in schemes)

    def fault(given: str) -> str:
        try:
            asked = urlsplit(given)
            return "" if asked.scheme in schemes and (asked.hostname or asked.path) else f"must begin with {begin}"
        except ValueError:  # whose words may repeat the password that stands in it
            return "cannot be read as an address"

    return fault


def hosts(given: str) -> str:
    """Say what is wrong with names of hosts, with commas between."""
    strange = [each for each in given.split(",") if not each.strip() or "/" in each or " " in each.strip()]
    return "takes names of hosts alone, with commas between and without https://" if strange else ""


def readable(given: str) -> str:
    """Say what is wrong with a file that is to be read."""
    path = Path(given)
    if not path.is_file():
        return "names no file"
    try:
        path.open("rb").close()
    except OSError as wrong:
        return f"names a file that cannot be read: {wrong.strerror}"
    return ""


SETTINGS: tuple[Setting, ...] = (
    Setting("WATCHWARD_HOME", "var/", "Folder of this installation: its database, files and secrets."),
    Setting("WATCHWARD_PORT", "8000", "Port of the force's own pages.", whole(1, 65535)),
    Setting("WATCHWARD_LISTEN", "127.0.0.1", "Address at which the pages answer."),
    Setting("WATCHWARD_HOSTS", "localhost,127.0.0.1", "Names by which people reach the force's pages.", hosts),
    Setting("WATCHWARD_PORTAL_PORT", "100 above the port", "Port of the pages for people outside.", whole(1, 65535)),
    Setting("WATCHWARD_PORTAL_HOSTS", "portal.localhost", "Names by which people outside reach theirs.", hosts),
    Setting("WATCHWARD_TLS", "not", "1 behind a proxy that ends TLS: cookies go by TLS alone.", one_of("0", "1")),
    Setting(
        "WATCHWARD_DATABASE_URL", "the embedded database", "A PostgreSQL of one's own, 16 or later.",
        address("postgresql", "postgres"), secret=True,
    ),
    Setting("WATCHWARD_DATABASE_NAME", "watchward", "The database's name there."),
    *(
        Setting(f"WATCHWARD_DATABASE_PASSWORD_{role}", "made and kept in the home", f"Of the role {role}.", secret=True)
        for role in ("OWNER", "APP", "WORKER", "PORTAL", "SEALER", "AUDITOR")
    ),
    Setting("WATCHWARD_POSTGRES_BIN", "as found", "Folder of PostgreSQL's own programs, for backups."),
    Setting("WATCHWARD_HEADS", "heads/ in the home", "Second place of the audit's signed heads, best elsewhere."),
    Setting("WATCHWARD_AUDIT_KEY", "in the home", "File of the key that signs them."),
    Setting("WATCHWARD_BACKUP_PASSPHRASE_FILE", "none", "File with the words that seal and open backups.", readable),
    Setting("WATCHWARD_SECRET_KEY", "made and kept in the home", "Signs what is given to browsers.", secret=True),
    Setting("WATCHWARD_PORTAL_SECRET_KEY", "made and kept in the home", "The same of the portals.", secret=True),
    Setting("WATCHWARD_HELD_KEY", "made and kept in the home", "Encrypts forms that wait for a sign-in.", secret=True),
    Setting("WATCHWARD_WAYS_KEY", "made and kept in the home", "Encrypts what proves who somebody is.", secret=True),
    Setting("WATCHWARD_IDLE_MINUTES", "30", "Minutes without a request after which a sign-in ends.", whole(1, 1440)),
    Setting("WATCHWARD_SIGN_IN_HOURS", "12", "Hours after which a sign-in ends in any case.", whole(1, 168)),
    Setting("WATCHWARD_PROVEN_MINUTES", "10", "Minutes for which somebody has proved that it is they.", whole(0, 1440)),
    Setting("WATCHWARD_OIDC_ISSUER", "none", "The force's own identity provider."),
    Setting("WATCHWARD_OIDC_CLIENT", "none", "What the force is called there."),
    Setting("WATCHWARD_OIDC_SECRET_FILE", "none", "File with its secret there."),
    Setting("WATCHWARD_OIDC_NAME", "the force's account", "What people call signing in there."),
    Setting("WATCHWARD_OIDC_CLAIM", "preferred_username", "The claim that is somebody's username here."),
    Setting("WATCHWARD_DEMO", "not", "1 lets anybody be an invented person; never on real records.", one_of("0", "1")),
    Setting(
        "WATCHWARD_LOG", "WARNING", "What is worth a line.", one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
    ),
    Setting("WATCHWARD_LOG_FORM", "plain", "json writes each line of the log as one object.", one_of("plain", "json")),
    Setting(
        "WATCHWARD_TELEMETRY", "none", "otlp sends metrics and traces to a collector, as the OTEL_ settings name it; "
        "prometheus answers at /metrics.", several_of("otlp", "prometheus"),
    ),
)  # fmt: skip

_OURS = {"WATCHWARD_ROLE", "WATCHWARD_RESTORING"}
"""What our own processes tell each other."""


def faults(environment: Mapping[str, str]) -> list[str]:
    """Return everything that is wrong with the settings, in words; an empty value counts as not given.

    Args:
        environment: of the process.

    A name that is nearly one of ours is a fault: whoever writes WATCHWARD_TSL=1 believes to be behind TLS.
    """
    known = {setting.name: setting for setting in SETTINGS}
    found = []
    for setting in SETTINGS:
        given = environment.get(setting.name, "")
        if given and (fault := setting.fault(given)):
            shown = "what is given" if setting.secret else repr(given)
            found.append(f"{setting.name} {fault}; it is {shown}.")
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known and name not in _OURS:
            near = get_close_matches(name, known, n=1, cutoff=0.9)
            found += [f"{name} is no setting: is {near[0]} meant?"] if near else []
    try:
        outside_sign_in(environment)
    except Refused as refused:
        found += [reason.words for reason in refused.reasons]
    return found


def in_force(environment: Mapping[str, str]) -> list[tuple[Setting, str, bool]]:
    """Return each setting with what holds of it, in words, and whether it was given; no secret is told.

    Args:
        environment: of the process.
    """
    found = []
    for setting in SETTINGS:
        given = environment.get(setting.name, "")
        shown = "given" if given and setting.secret else given or setting.otherwise
        found.append((setting, shown, bool(given)))
    return found
