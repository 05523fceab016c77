"""S1: one PIN, a batch of 200 results: typeset, signed with the time of an authority, recorded."""

import statistics
from argparse import Namespace
from dataclasses import replace
from time import perf_counter

from django.conf import settings

from bench.measuring import Rate, percentile
from bench.preparing import World
from sauro.core import clock
from sauro.core.actor import SYSTEM
from sauro.documents import rules, services
from sauro.documents.demo_keys import DEMO_PIN
from sauro.documents.rules import Form
from sauro.documents.signing import DEFAULT_ORDER, Part, Signer

BATCH = 200
_OFFICE = "Ủy ban nhân dân phường Tân Lập"
_CONTENT = rules.Result(
    letterhead=rules.Letterhead(parent="Tỉnh Đắk Lắk", agency=_OFFICE, place="Tân Lập"),
    code="H15.24133-20260305-0000001",
    kind="Thông báo",
    about="Kết quả giải quyết thủ tục: Đăng ký hộ kinh doanh",
    deciding="",
    grounds=("Căn cứ Nghị định số 168/2025/NĐ-CP ngày 30 tháng 6 năm 2025 của Chính phủ",),
    paragraphs=("Hồ sơ đủ điều kiện. Cấp kết quả theo đề nghị của người nộp.",),
    tracking_url="https://dvc.daklak.example/t/7K2M9QXA",
    facts=(),
    recipients=("Như trên", "Lưu: VT, HS"),
    signatory=rules.Signatory(capacity=("TM. Ủy ban nhân dân", "Chủ tịch"), name="Nguyễn Văn A"),
)


def batch(_world: World | None, _given: Namespace) -> dict[str, list[Rate]]:
    """Return what a result costs to typeset, and what its signature costs after that."""
    settings.DEMO = True
    now = clock.now()
    services.certify("offices.official", 0, "Nguyễn Văn A", _OFFICE, DEMO_PIN, by=SYSTEM, now=now)
    key = services.unlock("offices.official", 0, DEMO_PIN, by=SYSTEM, now=now)
    signer = Signer(name="Nguyễn Văn A", post="Chủ tịch", office=_OFFICE)
    typeset, signed = [], []
    for turn in range(1, BATCH + 1):
        began = perf_counter()
        paper = services.issue(
            Form.RESULT,
            replace(_CONTENT, code=f"H15.24133-20260305-{turn:07}"),
            subject="bench.paper",
            subject_id=turn,
            number=f"{turn:02}/TB-UBND",
            order=DEFAULT_ORDER,
            by=SYSTEM,
            now=now,
        )
        printed = perf_counter()
        services.sign(paper.id, Part.LEADER, key, signer, by=SYSTEM, now=now)
        typeset.append(printed - began)
        signed.append(perf_counter() - printed)
    return {"typeset": [_rate(typeset)], "sign, B-T": [_rate(signed)]}


def _rate(took: list[float]) -> Rate:
    median = statistics.median(took)
    return Rate(len(took) / sum(took), 1_000 * median, 1_000 * percentile(took, 0.95))


ALL = {"S1": batch}
