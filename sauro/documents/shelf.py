"""The shelf (kho tệp): bytes on disk under the hash of what they are, in `settings.FILES_DIR`.

A file appears whole or not at all: it is written beside, flushed to the disk and renamed.
What a crash leaves is in the folder of unfinished files, which `sweep_unfinished` empties.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import connection

_UNFINISHED = "unfinished"
_LONG_AGO = timedelta(hours=6)


def digest(content: bytes) -> str:
    """Return the name under which `content` is kept."""
    return hashlib.sha256(content).hexdigest()


def path_of(sha256: str) -> Path:
    """Return where the bytes with this hash are, whether or not they are there."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def hold(sha256: str) -> None:
    """Keep others from storing or sweeping these bytes until the command is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])


def put(content: bytes, sha256: str) -> None:
    """Keep `content`; what is already there is never written again.

    :raises OSError: the disk refuses, or what is there has another length
    """
    target = path_of(sha256)
    if target.exists():
        if target.stat().st_size != len(content):
            raise OSError(f"{sha256} on the shelf is not what was stored")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _written(content)
    unfinished.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _written(content: bytes) -> Path:
    beside = Path(settings.FILES_DIR) / _UNFINISHED
    beside.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=beside, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(file.name)


def sweep_unfinished(now: datetime) -> int:
    """Delete what crashes left half written hours ago; return how many files that was."""
    beside = Path(settings.FILES_DIR) / _UNFINISHED
    left = [path for path in beside.glob("*") if _is_old(path, now)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def old_files(now: datetime) -> Iterator[str]:
    """Yield the hashes of files put on the shelf hours ago or earlier."""
    for path in Path(settings.FILES_DIR).glob("??/??/*"):
        if _is_old(path, now):
            yield path.name


def remove(sha256: str) -> None:
    """Take bytes that no row names off the shelf."""
    path_of(sha256).unlink(missing_ok=True)


def _is_old(path: Path, now: datetime) -> bool:
    try:
        return path.stat().st_mtime < (now - _LONG_AGO).timestamp()
    except FileNotFoundError:
        return False
