"""The pages where officials edit the form of a procedure: list, order, one question, preview."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotFound, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.core.text import _
from sauro.forms import queries, services
from sauro.forms.queries import DraftPage
from sauro.forms.rules import editing
from sauro.forms.rules.editing import KINDS, Halves, Wish
from sauro.forms.rules.shape import Kind


@require_http_methods(["GET", "POST"])
@page(open_to=OFFICIALS)
def listed(request: Request) -> HttpResponse:
    """Show the forms there are; begin to edit that of a procedure by its code."""
    refusal: Refusal | None = None
    if request.method == "POST":
        code = request.POST.get("ma", "").strip()
        try:
            services.begin(code, by=request.actor, now=request.now)
            return redirect("forms:edit", code=code)
        except Refusal as caught:
            refusal = caught
    context = {"forms": queries.forms(), "refusal": refusal, "typed": request.POST.get("ma", "")}
    status = refusal.status if refusal else 200
    return render(request, "forms/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page(open_to=OFFICIALS)
def edit(request: Request, code: str) -> HttpResponse:
    """Show a draft whole, with what is wrong beside each question; change its order; publish it."""
    draft = _draft(code)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return _done(request, draft)
        except Refusal as caught:
            refusal = caught
    context = {
        "draft": draft,
        "kinds": KINDS,
        "refusal": refusal,
        "today": local_day(request.now),
        "typed": request.POST,
    }
    status = refusal.status if refusal else 200
    return render(request, "forms/edit.html", context, status=status)


def _draft(code: str) -> DraftPage:
    draft = queries.draft(code)
    if draft is None:
        raise NotFound(_("Chưa có bản nháp nào của mẫu khai này. Mở sửa từ danh sách mẫu khai."))
    return draft


def _done(request: Request, draft: DraftPage) -> HttpResponse:
    act, _colon, key = request.POST.get("viec", "").partition(":")
    seen = _seen(request)
    if act == "ban-hanh":
        since = _day(request.POST.get("tu", ""))
        services.put_in_force(draft.id, since, seen=seen, by=request.actor, now=request.now)
        return redirect("forms:list")
    if act == "bo-nhap":
        services.throw_away(draft.id, by=request.actor, now=request.now)
        return redirect("forms:list")
    _keep(request, draft, _changed(request, (draft.schema, draft.ui), act, key))
    return redirect("forms:edit", code=draft.code)


def _changed(request: Request, halves: Halves, act: str, key: str) -> Halves:
    if act == "them-trang":
        return editing.with_page(halves, request.POST.get("title", ""))
    if act == "bo-trang":
        return editing.without_page(halves, key)
    if act == "bo-cau":
        return editing.without_question(halves, key)
    if act in {"len", "xuong"}:
        return editing.moved(halves, key, -1 if act == "len" else 1)
    raise Invalid(_("Chọn một việc để làm với mẫu khai."))


def _keep(request: Request, draft: DraftPage, halves: Halves) -> None:
    services.change(draft.id, halves, seen=_seen(request), by=request.actor, now=request.now)


def _seen(request: Request) -> int:
    given = request.POST.get("seen", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0  # noqa: PLR2004


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(_("Chọn ngày mẫu khai có hiệu lực."), field="tu") from None


@require_http_methods(["GET", "POST"])
@page(open_to=OFFICIALS)
def question(request: Request, code: str, key: str = "") -> HttpResponse:
    """Show one question to be changed, or a new one; keep what is wanted."""
    draft = _draft(code)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            page_key = request.POST.get("trang", "")
            halves = (draft.schema, draft.ui)
            _keep(request, draft, editing.with_question(halves, page_key, key, _wish(request)))
            return redirect("forms:edit", code=code)
        except Refusal as caught:
            refusal = caught
    known = draft.form.find(key) if key else None
    if key and known is None:
        raise NotFound(_("Không có câu hỏi này trong mẫu khai."))
    context = {
        "draft": draft,
        "question": known,
        "at": request.POST.get("trang") or request.GET.get("trang") or _page_of(draft, key),
        "kinds": list(KINDS.items()),
        "others": _deciding(draft, key),
        "now": editing.condition((draft.schema, draft.ui), key),
        "refusal": refusal,
        "typed": request.POST,
    }
    status = refusal.status if refusal else 200
    return render(request, "forms/question.html", context, status=status)


def _wish(request: Request) -> Wish:
    given = request.POST
    when, _equals, answer = given.get("when", "").partition("=")
    kind = next((kind for kind in KINDS if kind.value == given.get("kind")), Kind.TEXT)
    return Wish(
        label=given.get("label", ""),
        kind=kind,
        hint=given.get("hint", ""),
        is_needed=given.get("needed") == "1",
        options=given.get("options", "").splitlines(),
        when=when,
        is_=answer,
    )


def _page_of(draft: DraftPage, key: str) -> str:
    pages = draft.form.pages
    own = (page.key for page in pages if any(q.key == key for q in page.questions))
    return next(own, pages[-1].key if pages else "")


def _deciding(draft: DraftPage, key: str) -> list[tuple[str, str]]:
    """Return the answers that a question may wait for: those of choices and of yes or no."""
    found: list[tuple[str, str]] = []
    for other in draft.form.questions():
        if other.key == key:
            continue
        options = (("yes", _("Có")), ("no", _("Không")))
        if other.kind is Kind.CHOICE:
            options = other.options  # type: ignore[assignment]
        elif other.kind is not Kind.YES_NO:
            continue
        found += [(f"{other.key}={name}", f"{other.label}: {title}") for name, title in options]
    return found


@require_GET
@page(open_to=OFFICIALS)
def preview(request: Request, code: str, page: str) -> HttpResponse:
    """Show a page of a draft as applicants will see it."""
    draft = _draft(code)
    shown = draft.form.page(page)
    if shown is None:
        raise NotFound(_("Không có trang này trong mẫu khai."))
    context = {"draft": draft, "shown": shown}
    return render(request, "forms/preview.html", context)
