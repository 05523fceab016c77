"""What is wrong with a form before it is published: circles, dead questions, needless ones. Pure.

Conditions are sets of constants joined by "and", so a question can be reached exactly when, for
every question it waits for however far back, at least one answer satisfies all that is said of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sauro.core.text import _
from sauro.forms.rules.guessing import told
from sauro.forms.rules.shape import Condition, Form, Kind, Question


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that must be mended beside one question, in words. key: "" for the whole form."""

    key: str
    sentence: str


# What the registries and the store hold of whoever is signed in: the form may not ask it again.
HELD: Mapping[str, str] = {
    "name": _("Họ tên đã có trong tài khoản, lấy từ cơ sở dữ liệu dân cư."),
    "born_on": _("Ngày sinh đã có trong tài khoản, lấy từ cơ sở dữ liệu dân cư."),
    "sex": _("Giới tính đã có trong tài khoản, lấy từ cơ sở dữ liệu dân cư."),
    "pid": _("Số định danh đã có trong tài khoản."),
    "address": _("Nơi thường trú đã có trong tài khoản, lấy từ cơ sở dữ liệu dân cư."),
    "phone": _("Số điện thoại đã có trong tài khoản; trang Liên lạc cho đổi số khác."),
    "email": _("Thư điện tử đã có trong tài khoản; trang Liên lạc cho đổi hộp thư khác."),
    "result": _("Kết quả do tỉnh cấp đã có trong kho dữ liệu điện tử của người nộp."),
}


def faults(form: Form) -> list[Fault]:
    """Return everything that must be mended before a form is published, in the form's order."""
    found = [] if form.pages else [Fault("", _("Mẫu khai chưa có câu hỏi nào."))]
    circles = circle(form)
    for question in form.questions():
        found += _broken(form, question)
        if question.key in circles:
            found.append(
                Fault(question.key, _("Câu này chờ chính nó qua các điều kiện. Bỏ một điều kiện."))
            )
        elif not is_reachable(form, question):
            found.append(
                Fault(question.key, _("Không câu trả lời nào dẫn đến câu này. Sửa điều kiện."))
            )
        found += _held(question)
    return found


def warnings(form: Form) -> list[Fault]:
    """Return what is better mended: a question that comes before what decides whether it does."""
    order = [question.key for question in form.questions()]
    return [
        Fault(question.key, _("Câu này đứng trước câu quyết định nó có hiện hay không. Đổi chỗ."))
        for question in form.questions()
        for condition in question.when
        if condition.key in order and order.index(condition.key) > order.index(question.key)
    ]


def circle(form: Form) -> frozenset[str]:
    """Return the keys of questions that wait for themselves, directly or through others."""
    waits = {q.key: {c.key for c in q.when} for q in form.questions()}
    return frozenset(key for key in waits if key in _behind(waits, key))


def _behind(waits: Mapping[str, set[str]], key: str) -> set[str]:
    """Return everything a question waits for, however far back."""
    seen: set[str] = set()
    todo = list(waits.get(key, ()))
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo += waits.get(one, ())
    return seen


def is_reachable(form: Form, question: Question) -> bool:
    """Test whether some answers lead to a question; exact, in time linear in the conditions."""
    waits = {q.key: q for q in form.questions()}
    left: dict[str, set[str]] = {}
    behind = _behind({key: {c.key for c in q.when} for key, q in waits.items()}, question.key)
    keys = {question.key, *behind}
    for key in keys:
        for condition in waits[key].when if key in waits else ():
            other = waits.get(condition.key)
            possible = left.setdefault(condition.key, _answers(other))
            possible &= set(condition.values)
    return all(left.values()) and not keys & circle(form)


def _answers(question: Question | None) -> set[str]:
    if question is None:
        return set()
    if question.kind is Kind.YES_NO:
        return {"yes", "no"}
    return {value for value, _label in question.options}


def _broken(form: Form, question: Question) -> list[Fault]:
    if not question.label.strip():
        return [Fault(question.key, _("Câu này chưa có lời hỏi."))]
    return [
        Fault(question.key, _("Điều kiện chỉ dựa được vào câu chọn một hoặc câu có, không."))
        for condition in question.when
        if not _is_decided_by(form, condition)
    ]


def _is_decided_by(form: Form, condition: Condition) -> bool:
    other = form.find(condition.key)
    return other is not None and other.kind in {Kind.CHOICE, Kind.YES_NO}


def _held(question: Question) -> list[Fault]:
    """Refuse to ask the applicant for what the state holds of them."""
    fact, whose = told(question)
    return [Fault(question.key, HELD[fact])] if whose == "self" and fact in HELD else []


def in_order(form: Form) -> list[str]:
    """Return the keys of all pages so that what decides comes first; else as they stand."""
    page_of = {q.key: page.key for page in form.pages for q in page.questions}
    before = {
        page.key: {
            page_of[c.key]
            for q in page.questions
            for c in q.when
            if page_of.get(c.key, page.key) != page.key
        }
        for page in form.pages
    }
    done: list[str] = []
    left = [page.key for page in form.pages]
    while left:
        ready = next((key for key in left if before[key] <= set(done)), left[0])
        left.remove(ready)
        done.append(ready)
    return done
