"""Signed papers for the tests of the portal."""

from sauro.core.actor import SYSTEM
from sauro.documents import services
from sauro.documents.models import Paper
from sauro.documents.rules import Form
from sauro.documents.signing import DEFAULT_ORDER, Part, Signer
from sauro.documents.tests.factories import FILLED
from sauro.onestop.tests.world import MONDAY

OFFICE = "Ủy ban nhân dân phường Tân Lập"


def signed(subject_id: int = 1) -> Paper:
    """Return a paper with the signature of a leader and the seal of the office."""
    paper = services.issue(
        Form.RESULT,
        FILLED[Form.RESULT],
        subject="cases.case",
        subject_id=subject_id,
        number="05/TB-UBND",
        order=DEFAULT_ORDER,
        by=SYSTEM,
        now=MONDAY,
    )
    for part, name, post in (
        (Part.LEADER, "Nguyễn Hoàng Nam", "Phó Chủ tịch"),
        (Part.SEAL, OFFICE, "Văn thư"),
    ):
        subject = f"offices.{part.lower()}"
        services.certify(subject, 1, name, OFFICE, "246810", by=SYSTEM, now=MONDAY)
        key = services.unlock(subject, 1, "246810", by=SYSTEM, now=MONDAY)
        signer = Signer(name=name, post=post, office=OFFICE)
        services.sign(paper.id, part, key, signer, by=SYSTEM, now=MONDAY)
    return Paper.objects.get(pk=paper.id)
