"""Where the words of the seven forms stand on the paper: each against its golden file."""

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from sauro.documents import typesetting
from sauro.documents.rules import Form
from sauro.documents.tests.factories import FILLED, NUMBERS

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 5, 7, 33, tzinfo=UTC)
_POINTS_A_MILLIMETRE = 72 / 25.4
SLIPS = [form for form in Form if form.value.startswith("MAU_")]


def _layout(made: bytes) -> str:
    """Return the size of each page, and of each word where it begins, in millimetres."""
    lines: list[str] = []
    for number, page in enumerate(PdfReader(BytesIO(made)).pages, start=1):
        width, height = (_mm(edge) for edge in (page.mediabox.width, page.mediabox.height))
        lines.append(f"trang {number}: {width} x {height}")

        def note(text: str, cm: Any, tm: Any, _font: Any, size: Any) -> None:  # noqa: ANN401
            if text.strip():
                right = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                at = f"{_mm(right):>4} {_mm(up):>4}"
                lines.append(f"{at} {float(size):>5.1f} {text.strip()}")

        page.extract_text(visitor_text=note)
    return "\n".join(lines) + "\n"


def _mm(points: float) -> int:
    return round(float(points) / _POINTS_A_MILLIMETRE)


def test_the_law_has_seven_forms_and_so_have_we() -> None:
    assert [form.value for form in SLIPS] == [f"MAU_0{n}" for n in range(1, 8)]


@pytest.mark.golden
@pytest.mark.parametrize("form", SLIPS)
def test_a_form_is_laid_out_as_its_golden_file(form: Form) -> None:
    layout = _layout(typesetting.pdf(form, FILLED[form], NUMBERS[form], NOW))

    golden = GOLDEN / f"{form.value.lower()}.layout.txt"
    if os.environ.get("SAURO_GOLDEN") == "write":
        golden.write_text(layout)
    assert layout == golden.read_text()
