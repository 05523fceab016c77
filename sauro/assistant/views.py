"""The page where people ask, and the same answers for other programs."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sauro.assistant import queries
from sauro.assistant.told import as_data
from sauro.core.errors import Invalid
from sauro.core.pages import EVERYONE, Request, page
from sauro.core.text import _, tidy

_KEPT = 6
_ASKED = "assistant"
_EXAMPLES = (
    _("Làm lại giấy khai sinh bị mất cần giấy tờ gì?"),
    _("Đăng ký thường trú hết bao nhiêu tiền?"),
    _("Hộ chiếu mấy ngày thì có?"),
)


@require_http_methods(["GET", "POST"])
@page(open_to=EVERYONE)
def talk(request: Request) -> HttpResponse:
    """Answer what is asked and show the last questions; the subject goes on until another."""
    if request.method == "POST":
        return _asked(request)
    asked: list[list[str]] = request.session.get(_ASKED, [])
    answers = [queries.answer(question, subject=subject) for question, subject in asked]
    return render(request, "assistant/talk.html", {"answers": answers, "examples": _EXAMPLES})


def _asked(request: Request) -> HttpResponse:
    if request.POST.get("xoa"):
        request.session.pop(_ASKED, None)
        return redirect("assistant:talk")
    question = tidy(request.POST.get("hoi", ""))[: queries.LONGEST]
    asked: list[list[str]] = request.session.get(_ASKED, [])
    subject = request.POST.get("ve", "")
    if question:
        before = queries.answer(asked[-1][0], subject=asked[-1][1]).code if asked else ""
        request.session[_ASKED] = [*asked, [question, subject or before]][-_KEPT:]
    return redirect("/tro-ly#moi")


@require_GET
@page(open_to=EVERYONE)
def api(request: Request) -> HttpResponse:
    """Answer one question as data: `?hoi=…`, and `&ve=` the code that is talked about.

    :raises Invalid: nothing was asked
    """
    question = tidy(request.GET.get("hoi", ""))
    if not question:
        raise Invalid(_("Thiếu câu hỏi: thêm ?hoi=… vào địa chỉ."), field="hoi")
    return JsonResponse(as_data(queries.answer(question, subject=request.GET.get("ve", ""))))
