"""Everything that must be in place before the platform can serve; what is there already is kept.

Runs as a process of its own: what it loads would otherwise stay in the supervisor's memory.
"""

import hashlib
import os
import sys
from collections.abc import Iterable

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config.progress import Steps

_EVERYBODY_READS = 0o755


def main(days: int) -> None:
    """Prepare fonts, files, tables, data and, for a demo, `days` days of a province's life."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # a person is watching
    django.setup()
    for folder in (settings.VAR_DIR, settings.FONTS_DIR, settings.STATIC_ROOT):
        folder.mkdir(mode=_EVERYBODY_READS, parents=True, exist_ok=True)
    for folder in (settings.FILES_DIR, settings.MAIL_DIR):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    from sauro.ui import fonts  # noqa: PLC0415 - it reads the settings

    steps = Steps(done=2)
    with steps.step("Phông chữ"):
        fonts.main()
    with steps.step("Tệp tĩnh"):
        _collect_static()
    with steps.step("Bảng dữ liệu"):
        call_command("migrate", interactive=False, verbosity=0)
    _load(steps)
    _bring_to_life(steps, days)


def _collect_static() -> None:
    """Collect and compress the files of all modules, if any of them has changed since."""
    root = settings.BASE_DIR
    sources = [*root.glob("sauro/*/static/**/*"), *settings.FONTS_DIR.glob("*")]
    stamp = _digest(f"{p} {p.stat().st_mtime_ns}".encode() for p in sorted(sources))
    kept = settings.STATIC_ROOT / "collected"
    if not kept.exists() or kept.read_text() != stamp:
        kept.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        kept.write_text(stamp)


def _load(steps: Steps) -> None:
    """Load the data of the province, unless this very data has been loaded to the end."""
    files = sorted(p for p in settings.DATA_DIR.rglob("*") if p.is_file())
    stamp = _digest(b"%a %s" % (p.name, p.read_bytes()) for p in files)
    if _remembered("sauro.loaded") == stamp:
        steps.skip("Dữ liệu của tỉnh", "đã có")
        return
    with steps.step("Dữ liệu của tỉnh (khoảng một phút)", speaks=True):
        call_command("load")
        _remember("sauro.loaded", stamp)


def _bring_to_life(steps: Steps, days: int) -> None:
    """Play the demo's days to their end, once, and list who may be played."""
    listed = settings.VAR_DIR / "run" / "accounts"
    if not days:
        listed.unlink(missing_ok=True)
        steps.skip("Cuộc sống của tỉnh", "không dùng dữ liệu thử")
        return
    from sauro.core import clock  # noqa: PLC0415 - after django.setup
    from sauro.deployment import accounts  # noqa: PLC0415

    now = clock.now()
    accounts.ensure_accounts(now)
    rows = [(a.login, a.name, a.role) for a in accounts.rows(clock.local_day(now))]
    listed.write_text(_table(rows, accounts.PASSWORD), "utf-8")
    if _remembered("sauro.lived"):
        steps.skip("Cuộc sống của tỉnh", "đã có")
        return
    with steps.step(f"Cuộc sống của tỉnh trong {days} ngày", speaks=True):
        call_command("simulate", days=days, goes_on=True)
        _remember("sauro.lived", "yes")


def _table(rows: list[tuple[str, str, str]], password: str) -> str:
    """Return who may be played as lines of three columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ("    ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return f"\n  Tài khoản dùng thử, mật khẩu {password}:\n\n    " + "\n    ".join(lines) + "\n"


def _remembered(name: str) -> str | None:
    """Return what the database itself remembers under `name`, so that a copy of it knows too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        row = cursor.fetchone()
    return row[0] if row else None


def _remember(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        database = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {database} SET {name} = '{value}'")


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


if __name__ == "__main__":
    main(int(sys.argv[1]))
