"""Everything that is checked about the code: the tools, one after the other, then the tests."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from config.progress import say

_ROOT = Path(__file__).parents[1]
_BIN = Path(sys.executable).parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Định dạng (ruff format)", ("ruff", "format", "--check", "--quiet", ".")),
    ("Quy tắc viết mã (ruff)", ("ruff", "check", "--quiet", ".")),
    ("Ranh giới phân hệ (import-linter)", ("lint-imports",)),
    ("Mẫu trang (djlint)", ("djlint", "sauro", "--lint", "--quiet")),
    ("Kiểu dữ liệu (mypy)", ("mypy", "--no-error-summary")),
    ("Bảng dữ liệu (makemigrations)", ("sauro", "makemigrations", "--check", "--dry-run")),
)


def check() -> int:
    """Run every tool, whatever the others said; return 1 if any objected."""
    objected = [title for turn, (title, words) in enumerate(_CHECKS, 1) if not _run(turn, words)]
    if objected:
        say(f"Chưa đạt: {'; '.join(objected)}")
    return 1 if objected else 0


def test(words: Sequence[str]) -> int:
    """Run the tests that `words` choose or, without any, the checks and all tests on two cores."""
    if browser := next(filter(None, map(shutil.which, _BROWSERS)), os.environ.get("CHROMIUM")):
        os.environ["CHROMIUM"] = browser
    else:
        say("!!! Không thấy trình duyệt Chromium: các phép thử hành trình sẽ KHÔNG chạy.")
        say("!!! Cài bằng: apt-get install chromium (hoặc đặt biến CHROMIUM).")
    checked = 0 if words else check()
    asked = list(words) or ["-n", "2", "-q"]
    tested = subprocess.call([sys.executable, "-m", "pytest", *asked], cwd=_ROOT)
    return tested or checked


def _run(turn: int, words: Sequence[str]) -> bool:
    """Run one tool; show what it said only when it objects."""
    title = _CHECKS[turn - 1][0]
    say(f"{turn}/{len(_CHECKS)} {title}", ending=" … ")
    started = time.monotonic()
    done = subprocess.run(
        _program(words),
        cwd=_ROOT,
        env=os.environ | {"PYTHONUTF8": "1", "SAURO_TESTING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    taken = f"{time.monotonic() - started:.1f} giây".replace(".", ",")
    say(taken if done.returncode == 0 else f"CHƯA ĐẠT\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def _program(words: Sequence[str]) -> list[str]:
    """Return the command line; our own command runs from the source, not from a script."""
    if words[0] == "sauro":
        return [sys.executable, "-m", "config.cli", *words[1:]]
    return [str(_BIN / words[0]), *words[1:]]
