"""Whether a paper is genuine: by the code printed on it, or by the file itself."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sauro.documents import queries as documents
from sauro.documents import sealing, signing
from sauro.documents.queries import CheckedPaper, OwnedPaper
from sauro.documents.signing import Finding, Verdict
from sauro.onestop import queries as onestop
from sauro.onestop.sheets import SUBJECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What became of checking a paper. paper: the one we issued, where we know it.

    digest: of the file that was sent, or of the paper's newest bytes. found: in the file.
    """

    verdict: Verdict
    paper: CheckedPaper | None
    found: Sequence[Finding]
    digest: str

    @property
    def said(self) -> str:
        """Return the verdict in a sentence."""
        return signing.SAID[self.verdict]

    @property
    def advice(self) -> str:
        """Return what to do now."""
        return signing.ADVICE[self.verdict]

    @property
    def is_demo(self) -> bool:
        """Test whether it is good, but of the demo: nothing may be proved with it."""
        signatures = self.paper.signatures if self.paper else []
        return self.verdict is Verdict.VALID and any(one.is_demo for one in signatures)

    @property
    def tone(self) -> str:
        """Return how it is shown: k for good, w for care, e for bad."""
        if self.verdict is Verdict.VALID:
            return "k"
        return "w" if self.verdict in {Verdict.REPLACED, Verdict.UNSIGNED} else "e"


def by_code(typed: str, *, now: datetime) -> Checked | None:
    """Return what the paper with this code is worth, None if there is none."""
    paper = documents.paper_by_code(signing.tidy_code(typed)[:32])
    if paper is None or not paper.signatures:
        return None
    path, _media_type = documents.open_file(paper.file_id)
    return _checked(path.read_bytes(), paper, now)


def by_content(content: bytes, *, now: datetime) -> Checked:
    """Return what a file is worth that somebody sent."""
    paper = documents.paper_by_digest(hashlib.sha256(content).hexdigest())
    return _checked(content, paper, now)


def _checked(content: bytes, paper: CheckedPaper | None, now: datetime) -> Checked:
    found = sealing.look(content, now)
    revoked = documents.revocations([one.serial for one in found])
    found = [replace(one, revoked_at=revoked.get(one.serial)) for one in found]
    verdict = signing.judge(
        found,
        is_ours=paper is not None,
        is_replaced=paper is not None and paper.is_replaced,
        now=now,
    )
    digest = hashlib.sha256(content).hexdigest()
    return Checked(verdict=verdict, paper=paper, found=found, digest=digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPaper:
    """A result in a person's store, with the dossier it came from."""

    paper: OwnedPaper
    code: str
    title: str


def own_papers(person_id: int) -> Sequence[OwnPaper]:
    """Return the signed results of a person's dossiers, newest first. Two queries."""
    dossiers = {row.case_id: row for row in onestop.dossiers_of(person_id, limit=500)}
    papers = documents.signed_papers(SUBJECT, list(dossiers))
    return [
        OwnPaper(
            paper=paper,
            code=dossiers[paper.subject_id].code,
            title=dossiers[paper.subject_id].title,
        )
        for paper in papers
        if paper.is_complete
    ]
