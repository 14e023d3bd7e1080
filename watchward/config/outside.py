"""The force's own identity provider, as the environment names it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from watchward.kernel.refusals import Refused


def outside_sign_in(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what is known of the provider; nothing where the force has none.

    Args:
        environment: WATCHWARD_OIDC_ISSUER, _CLIENT, _SECRET_FILE, and, where they are other, _NAME and _CLAIM.

    Raises:
        Refused: it is named by half, or not over TLS.
    """
    issuer = environment.get("WATCHWARD_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    if not issuer.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        raise Refused("WATCHWARD_OIDC_ISSUER must begin with https://.")
    client, file = environment.get("WATCHWARD_OIDC_CLIENT", ""), environment.get("WATCHWARD_OIDC_SECRET_FILE", "")
    if not client or not file:
        raise Refused("WATCHWARD_OIDC_ISSUER also takes WATCHWARD_OIDC_CLIENT and WATCHWARD_OIDC_SECRET_FILE.")
    try:
        secret = Path(file).read_text().strip()
    except OSError as wrong:
        raise Refused(f"WATCHWARD_OIDC_SECRET_FILE cannot be read: {wrong.strerror}.") from None
    return {
        "issuer": issuer,
        "client": client,
        "secret": secret,
        "name": environment.get("WATCHWARD_OIDC_NAME", "the force's account"),
        "claim": environment.get("WATCHWARD_OIDC_CLAIM", "preferred_username"),
    }
