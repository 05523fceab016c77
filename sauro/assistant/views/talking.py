"""The page where people ask, and the same answers for other programs."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.assistant import queries, rephrasing, services
from sauro.assistant.queries import Answer, Kind
from sauro.assistant.rules.outside import Outside
from sauro.assistant.rules.parts import Part
from sauro.assistant.told import as_data
from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotFound
from sauro.core.pages import EVERYONE, Request, page
from sauro.core.text import _, tidy
from sauro.laws import queries as laws
from sauro.procedures import queries as procedures

_KEPT = 6
_ASKED, _ABOUT = "assistant", "assistant-about"
_EXAMPLES = (
    _("Làm lại giấy khai sinh bị mất cần giấy tờ gì?"),
    _("Đăng ký thường trú hết bao nhiêu tiền?"),
    _("Hộ chiếu mấy ngày thì có?"),
    _("Trung tâm ở phường Buôn Ma Thuột mở cửa mấy giờ?"),
)
_OF_A_PROCEDURE = (
    _("Cần giấy tờ gì?"),
    _("Hết bao nhiêu tiền?"),
    _("Mấy ngày thì xong?"),
    _("Nộp ở đâu?"),
    _("Điều kiện thế nào?"),
    _("Căn cứ pháp lý nào?"),
)


@require_http_methods(["GET", "POST"])
@page(open_to=EVERYONE)
def talk(request: Request) -> HttpResponse:
    """Answer what is asked and show the last questions; the subject goes on until another.

    `?ve=` opens the talk about one procedure, from its page or from a case about it.
    """
    if request.method == "POST":
        return _asked(request)
    about = _about(request)
    answers = answers_of(request)
    named = [line.text for one in answers if one.part is Part.LAWS for line in one.sentences]
    context = {
        "answers": answers,
        "about": about,
        "again": _again(answers[-1]) if answers else "",
        "examples": _OF_A_PROCEDURE if about else _EXAMPLES,
        "laws": laws.named_in(named, on=local_day(request.now)) if named else {},
    }
    return render(request, "assistant/talk.html", context)


def answers_of(request: Request) -> list[Answer]:
    """Return what was asked in this talk, answered from what is published now."""
    asked: list[list[str]] = request.session.get(_ASKED, [])
    return [
        queries.answer(question, subject=subject, by=request.actor, now=request.now)
        for question, subject in asked
    ]


def _about(request: Request) -> procedures.ProcedurePage | None:
    if "ve" in request.GET:
        request.session[_ABOUT] = request.GET["ve"][:40]
        request.session.pop(_ASKED, None)
    code = request.session.get(_ABOUT, "")
    try:
        return procedures.procedure(code) if code else None
    except NotFound:
        return None


def _asked(request: Request) -> HttpResponse:
    if request.POST.get("xoa"):
        request.session.pop(_ASKED, None)
        request.session.pop(_ABOUT, None)
        return redirect("assistant:talk")
    question = tidy(request.POST.get("hoi", ""))[: queries.LONGEST]
    asked: list[list[str]] = request.session.get(_ASKED, [])
    subject = request.POST.get("ve", "") or _before(asked, request)
    if question:
        request.session[_ASKED] = [*asked, [question, subject]][-_KEPT:]
        said = queries.answer(question, subject=subject, by=request.actor, now=request.now)
        if said.kind is Kind.REFUSE and said.reason == Outside.DOMAIN:
            services.collect(question, "refuse", by=request.actor, now=request.now)
    return redirect("/tro-ly#moi")


def _before(asked: list[list[str]], request: Request) -> str:
    """Return the code that was talked of last, else the one the talk was opened about."""
    if asked:
        question, subject = asked[-1]
        code = queries.answer(question, subject=subject).code
        if code:
            return code
    about: str = request.session.get(_ABOUT, "")
    return about


@require_POST
@page(open_to=EVERYONE)
def doubt(request: Request) -> HttpResponse:
    """Take note that an answer was not right; the question is kept without anybody's data."""
    question = tidy(request.POST.get("hoi", ""))[: queries.LONGEST]
    services.collect(
        question, "doubt", request.POST.get("ma", "")[:40], by=request.actor, now=request.now
    )
    return render(request, "assistant/doubted.html")


@require_GET
@page(open_to=EVERYONE)
def api(request: Request) -> HttpResponse:
    """Answer one question as data: `?hoi=…`, and `&ve=` the code that is talked about.

    :raises Invalid: nothing was asked
    """
    question = tidy(request.GET.get("hoi", ""))
    if not question:
        raise Invalid(_("Thiếu câu hỏi: thêm ?hoi=… vào địa chỉ."), field="hoi")
    subject = request.GET.get("ve", "")
    said = queries.answer(question, subject=subject, by=request.actor, now=request.now)
    return JsonResponse(as_data(said, again=_again(said)))


def _again(said: Answer) -> str:
    if said.kind is not Kind.ANSWER:
        return ""
    return rephrasing.say_again(said.question, [sentence.text for sentence in said.sentences])
