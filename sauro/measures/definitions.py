"""What each figure is: defined here once; pages, lists, exports and the command read it."""

from dataclasses import dataclass

# A period is [since, until). What came at `until` or later is not known yet.
_RECEIVED = "f.opened_at >= %(since)s AND f.opened_at < %(until)s"
_FINISHED = "f.finished_at >= %(since)s AND f.finished_at < %(until)s"
_TIMED = f"{_FINISHED} AND f.legal_due_at IS NOT NULL"
_OPEN = (
    "f.opened_at < %(until)s AND (f.finished_at IS NULL OR f.finished_at >= %(until)s)"
    " AND (f.ended_at IS NULL OR f.ended_at >= %(until)s)"
)
_STOOD = "f.paused_at < %(until)s"
_RATED = "f.rated_at >= %(since)s AND f.rated_at < %(until)s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One figure. counted: the facts it counts; among: those it is a share of, "" for a count.

    formula: the same in words. version: raised whenever the figure would come out otherwise.
    """

    name: str
    title: str
    formula: str
    counted: str
    among: str = ""
    version: int = 1

    @property
    def unit(self) -> str:
        """Return what the value is in."""
        return "%" if self.among else "hồ sơ"


_DEFINED = (
    Definition(
        name="received",
        title="Hồ sơ nộp",
        formula="Số hồ sơ nộp trong kỳ",
        counted=_RECEIVED,
    ),
    Definition(
        name="returned",
        title="Hồ sơ giải quyết xong",
        formula="Số hồ sơ có kết quả trong kỳ",
        counted=_FINISHED,
    ),
    Definition(
        name="open",
        title="Hồ sơ đang giải quyết",
        formula="Số hồ sơ đã nộp, chưa có kết quả và chưa kết thúc lúc hết kỳ",
        counted=_OPEN,
    ),
    Definition(
        name="overdue",
        title="Hồ sơ đang quá hạn",
        formula=(
            "Số hồ sơ đang giải quyết mà hạn theo luật (như biết hiện nay) đã qua lúc hết kỳ,"
            " không kể hồ sơ đang tạm dừng thời hạn"
        ),
        counted=f"{_OPEN} AND f.legal_due_at < %(until)s AND ({_STOOD}) IS NOT TRUE",
    ),
    Definition(
        name="late",
        title="Hồ sơ xong trễ hạn",
        formula="Số hồ sơ có kết quả trong kỳ, sau hạn theo luật",
        counted=f"{_TIMED} AND f.finished_at > f.legal_due_at",
    ),
    Definition(
        name="on_time",
        title="Tỷ lệ đúng hạn",
        formula=(
            "Hồ sơ có kết quả trong kỳ không sau hạn theo luật, trên hồ sơ có kết quả trong kỳ"
            " và có hạn theo luật"
        ),
        counted=f"{_TIMED} AND f.finished_at <= f.legal_due_at",
        among=_TIMED,
    ),
    Definition(
        name="supplement_rate",
        title="Tỷ lệ phải bổ sung",
        formula="Hồ sơ nộp trong kỳ đã bị yêu cầu bổ sung, trên hồ sơ nộp trong kỳ",
        counted=f"{_RECEIVED} AND f.supplemented_at < %(until)s",
        among=_RECEIVED,
    ),
    Definition(
        name="refusal_rate",
        title="Tỷ lệ không giải quyết",
        formula="Hồ sơ có kết quả trong kỳ là không giải quyết, trên hồ sơ có kết quả trong kỳ",
        counted=f"{_FINISHED} AND f.outcome = 'REFUSED'",
        among=_FINISHED,
    ),
    Definition(
        name="online_share",
        title="Tỷ lệ nộp trực tuyến",
        formula="Hồ sơ người dân tự nộp trực tuyến trong kỳ, trên hồ sơ nộp trong kỳ",
        counted=f"{_RECEIVED} AND f.channel = 'ONLINE'",
        among=_RECEIVED,
    ),
    Definition(
        name="satisfaction",
        title="Tỷ lệ hài lòng",
        formula="Đánh giá từ 4 điểm trở lên, trên mọi đánh giá trong kỳ",
        counted=f"{_RATED} AND f.score >= 4",
        among=_RATED,
    ),
)
DEFINITIONS = {definition.name: definition for definition in _DEFINED}
