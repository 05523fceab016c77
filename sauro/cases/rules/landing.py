"""Where the open tasks of a running case land in another version of its process, or why not."""

from collections.abc import Collection, Mapping, Sequence

from sauro.cases.rules.branches import forks
from sauro.cases.rules.processes import Process, Step
from sauro.core.errors import NotNow
from sauro.core.text import _


def landing(
    before: Process,
    after: Process,
    open_steps: Sequence[str],
    passed: Collection[str],
    chosen: Mapping[str, str],
) -> list[Step]:
    """Return the step of `after` in which each open task goes on, in their order.

    passed: every step the case ever had a task in. chosen: step of `before` -> step of `after`,
    for those that are called otherwise; the rest keep their key.

    :raises NotNow: the case cannot go on in `after`; the sentence says why and what to do
    """
    steps = [_landed(before.step(key), after, chosen.get(key, key)) for key in open_steps]
    keys = {step.key for step in steps}
    if len(keys) < len(steps):
        raise NotNow(_("Hai việc đang mở rơi vào cùng một bước của bản mới. Chọn lại bước."))
    together = [fork for fork in forks(after.steps) if keys & fork.inside]
    if len(steps) > 1 and not any(keys <= fork.inside for fork in together):
        raise NotNow(_("Các việc đang làm song song mà bản mới làm lần lượt. Đợi các nhánh gặp."))
    been = {chosen.get(key, key) for key in passed}
    for fork in together:
        for start, branch in fork.branches.items():
            if not branch & been:
                raise NotNow(
                    _("Bản mới có thêm nhánh “{step}” mà hồ sơ đã qua chỗ chia nhánh."),
                    step=after.step(start).name,
                )
    return steps


def _landed(old: Step, after: Process, key: str) -> Step:
    if not after.has(key):
        raise NotNow(
            _("Bản mới không có bước “{step}”. Chọn bước thay thế, hoặc đợi xong bước này."),
            step=old.name,
        )
    new = after.step(key)
    if (new.post, new.at, new.office) != (old.post, old.at, old.office):
        raise NotNow(
            _("Bước “{step}” ở bản mới do vị trí khác làm. Đợi người đang giữ làm xong."),
            step=new.name,
        )
    if new.pause is not old.pause or new.party is not old.party:
        raise NotNow(
            _("Bước “{step}” ở bản mới chờ và tạm dừng cách khác. Đợi xong bước này."),
            step=new.name,
        )
    return new


def length_change(old: Step, new: Step) -> str:
    """Return in words why a step is due at another time in the other version, or that it is not."""
    was, will = _length(old), _length(new)
    if was == will:
        return _("Thời hạn của bước không đổi")
    return _("Thời hạn của bước từ {was} thành {will}").format(was=was, will=will)


def _length(step: Step) -> str:
    return str(step.term) if step.term else _("{share} % thời hạn").format(share=step.share)
