"""Journeys that cross modules: the pages of a filing, tracking, and mending afterwards."""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.core.text import _
from sauro.events import services as events
from sauro.offices import queries as offices
from sauro.onestop import plans, routing
from sauro.onestop import queries as onestop
from sauro.onestop.queries import DossierPage
from sauro.onestop.rules import State
from sauro.onestop.services import filing, intake, waiting
from sauro.onestop.services import planning as plan_services
from sauro.onestop.services.filing import Answers
from sauro.portal.models import FailedTry
from sauro.portal.queries import catalogue, filling, owned
from sauro.portal.queries.filling import FillingPage
from sauro.portal.rules import journey, life
from sauro.portal.rules.journey import Answer, Handing
from sauro.procedures import queries as procedures

TRIES_AT_MOST = 10
TRIES_OF_AN_ADDRESS = 30
TRY_MINUTES = 15
_NOT_DECLARED = _("Đánh dấu cam đoan những điều trên là đúng.")
NO_FILE = _("Chọn ảnh chụp hoặc tệp PDF để gửi.")
TOO_MANY_TRIES = _(
    "Bạn đã thử nhiều lần chưa đúng. Chờ {minutes} phút rồi thử lại, hoặc gọi 1022 để được giúp."
)


@command
def say_where(
    key: str, place_id: int | None, text: str, *, seen: int, by: Actor, now: datetime
) -> bool:
    """Save where a matter lies; return whether that is settled, or words were only looked up.

    A name that is one commune of today, and said as it is called today, settles it; any other
    words are kept with the draft, and the page shows what they may mean and asks.

    :raises Invalid: not a commune of this province today
    :raises NotNow: nobody in this province is competent there; the sentence says where to go
    :raises Changed: the draft was saved elsewhere since
    """
    day = local_day(now)
    if place_id is None:
        place_id = filling.plain_match(text, on=day)
    said = Answers(place_id=place_id, values={Answer.PLACE_TEXT: text} if text else None)
    if place_id is not None:
        if place_id not in {place.id for place in filling.communes(day)}:
            raise Invalid(_("Chọn một xã, phường đang có của tỉnh."), field="noi")
        draft = onestop.draft(by, key)
        routing.route(draft.version_id, place_id, on=day)
    filing.answer(key, said, seen=seen, by=by, now=now)
    return place_id is not None


@command
def choose_centre(key: str, centre_id: int, *, seen: int, by: Actor, now: datetime) -> None:
    """Save which centre receives a filing: any that is open today, wherever the matter lies.

    :raises Invalid: not a centre that is open today
    :raises Changed: the draft was saved elsewhere since
    """
    if centre_id not in {centre.id for centre in offices.centres(on=local_day(now))}:
        raise Invalid(_("Chọn Trung tâm nhận hồ sơ."), field="trung_tam")
    filing.answer(key, Answers(centre_id=centre_id), seen=seen, by=by, now=now)


@command
def hand_in(
    key: str,
    component: str,
    handing: Handing | None,
    uploads: Sequence["UploadedFile[bytes]"],
    *,
    stored: Sequence[int] = (),
    seen: int,
    by: Actor,
    now: datetime,
) -> None:
    """Take the files of one paper, or the word that it will be brought to the centre.

    stored: results in the person's own store, used instead of files. A filing that waits for
    another one of its plan may leave its paper to come from there.

    :raises Invalid: neither a file nor the word, or a file that cannot be taken
    :raises NotFound: a result that is not in their store
    :raises TooLarge: a file is over the limit
    :raises Changed: the draft was saved elsewhere since
    """
    draft = onestop.draft(by, key)
    has_files = bool(uploads or stored) or any(f.component == component for f in draft.files)
    if not has_files and (handing is None or (handing is Handing.RESULT and not draft.after)):
        raise Invalid(_("Chọn gửi ảnh, tệp hoặc nộp bản giấy."), field="cach")
    if handing not in {Handing.BROUGHT, Handing.RESULT} and not has_files:
        raise Invalid(NO_FILE, field="tep")
    for upload in uploads:
        filing.attach(key, component, upload, name=upload.name or "", by=by, now=now)
    for paper_id in stored:
        filing.reuse(key, component, paper_id, by=by, now=now)
    said = {journey.paper_answer(component): (handing or Handing.SENT).value}
    filing.answer(key, Answers(values=said), seen=seen, by=by, now=now)


@command
def send(key: str, *, is_declared: bool, by: Actor, now: datetime) -> str:
    """Send a whole filing and return the dossier's code; sending it again returns the same.

    :raises Invalid: something is missing, or the declaration was not made; `field` is the page
    """
    page = filling.page(by, key, journey.Slug.CHECK)
    if not page.draft.code:
        _check_filled(page)
        if not is_declared:
            raise Invalid(_NOT_DECLARED, field="cam_doan")
    return filing.submit(key, by=by, now=now)


def _check_filled(page: FillingPage) -> None:
    for stop in page.way.stops:
        sentence = journey.missing(stop, page.given, page.way.cases, page.way.form)
        if sentence:
            raise Invalid(sentence.replace("{", "{{").replace("}", "}}"), field=stop.slug)


@command
def begin_plan(slug: str, chosen: Collection[str], *, by: Actor, now: datetime) -> str:
    """Begin the plan of a life event with the procedures chosen and return its key.

    What waits for a procedure that was left out does not wait.

    :raises NotFound: no such plan
    :raises Invalid: nothing was chosen
    :raises NotNow: a procedure cannot be filed here
    """
    parts = [part for part in life.PLANS.get(slug, ()) if part.code in chosen]
    if slug not in life.PLANS:
        raise NotFound(_("Không có kế hoạch cho nhóm việc này."))
    numbers = {part.code: number for number, part in enumerate(parts)}
    for part in parts:
        catalogue.check_may_file(part.code)
    versions = [procedures.procedure(part.code).version_id for part in parts]
    return plan_services.begin(
        slug,
        [
            plan_services.Part(version, numbers.get(part.after))
            for part, version in zip(parts, versions, strict=True)
        ],
        by=by,
        now=now,
    )


@command
def send_plan(key: str, *, is_declared: bool, by: Actor, now: datetime) -> None:
    """Send a whole plan: what can go goes now, the rest by itself when its turn comes.

    :raises NotFound: no such plan, or not this person's
    :raises Invalid: one of its filings lacks something, or the declaration was not made
    """
    for part in plans.plan(by, key).filings:
        if not part.code:
            page = filling.page(by, part.key, journey.Slug.CHECK)
            try:
                _check_filled(page)
            except Invalid as mend:
                words = _("{name}: {mend}").format(name=page.procedure.name, mend=str(mend))
                raise Invalid(words.replace("{", "{{").replace("}", "}}"), field=part.key) from mend
    if not is_declared:
        raise Invalid(_NOT_DECLARED, field="cam_doan")
    plan_services.send(key, by=by, now=now)


@command
def supplement(
    code: str,
    uploads: Mapping[int, Sequence["UploadedFile[bytes]"]],
    *,
    is_whole: bool,
    by: Actor,
    now: datetime,
) -> None:
    """Take what was asked for, by the number of the item; `is_whole` sends it to be looked at.

    :raises NotFound: no such dossier, or not this person's
    :raises NotNow: the dossier does not wait for papers
    :raises Invalid: nothing was sent, or something asked for is still missing
    """
    dossier = owned.own(by, code)
    request = dossier.supplement
    if request is None or not dossier.waits_for_papers:
        raise NotNow(_("Hồ sơ này không chờ bổ sung giấy tờ."))
    known = {
        number: owned.component_of(request.asked_at, number)
        for number in range(1, len(request.items) + 1)
    }
    sent = [(known[n], upload) for n in sorted(uploads) if n in known for upload in uploads[n]]
    if not sent and not is_whole:
        raise Invalid(NO_FILE, field="tep-1")
    for component, upload in sent:
        waiting.add_file(dossier.case_id, component, upload, name=upload.name or "", by=by, now=now)
    if is_whole:
        _check_whole(owned.own(by, code))
        waiting.complete(dossier.case_id, by=by, now=now)


def _check_whole(dossier: DossierPage) -> None:
    for asked in owned.asked(dossier):
        if not asked.files:
            raise Invalid(
                _("Còn thiếu tệp cho “{item}”. Gửi tệp, hoặc mang bản giấy đến Trung tâm."),
                field=f"tep-{asked.number}",
                item=asked.item,
            )


@command
def take_back(code: str, attachment_id: int, *, by: Actor, now: datetime) -> None:
    """Take out a file of the supplement that is being made.

    :raises NotFound: no such dossier or file, or not this person's
    """
    dossier = owned.own(by, code)
    waiting.remove_file(dossier.case_id, attachment_id, by=by, now=now)


@command
def withdraw(code: str, reason: str, *, by: Actor, now: datetime) -> bool:
    """Take a filing back; return True if that is done, False if the agency has yet to agree.

    :raises NotFound: no such dossier, or not this person's
    :raises NotNow: it has ended, or its result is ready
    """
    dossier = owned.own(by, code)
    if dossier.state == State.REGISTERED:
        intake.cancel(dossier.case_id, by=by, now=now)
        return True
    if dossier.withdrawal_asked_at is not None:
        raise NotNow(_("Bạn đã đề nghị rút hồ sơ này. Cơ quan đang xem xét, sẽ trả lời tại đây."))
    waiting.ask_withdrawal(dossier.case_id, reason, by=by, now=now)
    return False


@command
def try_to_track(code: str, last_digits: str, address: str, *, by: Actor, now: datetime) -> bool:
    """Return whether somebody with this code and these digits may look at the dossier.

    A failed try is counted, by network address; a wrong code and wrong digits fail alike.

    :raises NotNow: too many tries from that address in the last minutes
    """
    who = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    recent = FailedTry.objects.filter(who=who, at__gt=now - timedelta(minutes=TRY_MINUTES))
    if recent.count() >= TRIES_OF_AN_ADDRESS:
        raise NotNow(TOO_MANY_TRIES, minutes=TRY_MINUTES)
    if onestop.may_track(code, last_digits):
        return True
    FailedTry.objects.filter(at__lt=now - timedelta(days=1)).delete()
    failed = FailedTry.objects.create(who=who, at=now)
    events.record("tracking.failed", failed, by=by, at=now)
    return False
