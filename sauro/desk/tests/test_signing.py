"""Results with signatures: one PIN, a batch row by row, a crash in between, the seal behind."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from pytest_django import Settings

from sauro.cases.models import Case
from sauro.core.errors import Invalid
from sauro.desk import signing
from sauro.desk.tests import world
from sauro.desk.tests.browser import ROOT, decide, signed_in, text
from sauro.desk.tests.world import MONDAY, World
from sauro.documents import queries as documents
from sauro.documents import sealing
from sauro.documents.demo_keys import DEMO_PIN
from sauro.documents.models import Paper, Signature
from sauro.onestop.services import handling, papers

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def with_keys(settings: Settings, on_paper: None, trust: Path, tmp_path: Path) -> None:
    settings.SIGNS_RESULTS = True
    settings.DEMO = True
    settings.KEYS_DIR = trust
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def here(hour: object) -> World:
    return world.build()


def _step(case_id: int) -> str:
    return Case.objects.get(pk=case_id).step


def test_a_result_is_signed_by_the_leader_and_sealed_by_the_office(here: World) -> None:
    case_id, code = world.proposed(here)

    decide(signed_in(here.head), case_id, code, "ky", pin=DEMO_PIN)
    assert _step(case_id) == "stamp"
    decide(signed_in(here.stamp), case_id, code, "phat-hanh", pin=DEMO_PIN)

    assert _step(case_id) == "return"
    paper = papers.result(case_id, by=here.clerk, now=MONDAY)
    leader, seal = documents.signatures(paper.id)
    assert paper.number == "01/TB-UBND"
    assert (leader.name, leader.post) == ("Nguyễn Hoàng Nam", "HEAD ubnd-phuong")
    assert (seal.part, seal.name) == ("SEAL", "Ủy ban nhân dân phường Tân Lập")
    made = documents.open_file(paper.file_id)[0].read_bytes()
    assert [one.signer for one in sealing.look(made, MONDAY)] == [leader.name, seal.name]
    assert Paper.objects.filter(form="RESULT").count() == 1


def test_without_the_right_pin_nothing_is_signed(here: World) -> None:
    case_id, code = world.proposed(here)
    head = signed_in(here.head)

    for pin, said in (("", "Nhập mã PIN"), ("000000", "Mã PIN chưa đúng")):
        answer = decide(head, case_id, code, "ky", pin=pin)
        assert answer.status_code == 422
        assert said in text(answer)

    assert _step(case_id) == "sign"
    assert not Signature.objects.exists()


def test_a_batch_is_signed_with_one_pin_and_tells_of_each_row(here: World) -> None:
    rows = [world.proposed(here) for _ in range(3)]
    ticks = [f"{pk}:{code}:{world.version_of(pk)}" for pk, code in rows]
    ticks[1] = f"{rows[1][0]}:{rows[1][1]}:1"

    answer = signed_in(here.head).post(f"{ROOT}ky", {"chosen": ticks, "pin": DEMO_PIN})
    page = text(answer)

    assert answer["Content-Encoding"] == "identity"
    assert "3/3" in page
    assert "Đã ký 2 trên 3" in page
    assert "vừa được người khác cập nhật" in page
    assert [_step(pk) for pk, _code in rows] == ["stamp", "sign", "stamp"]
    assert Signature.objects.count() == 2


def test_a_batch_that_is_cut_off_leaves_whole_rows_and_goes_on_where_it_stopped(
    here: World,
) -> None:
    rows = [world.proposed(here) for _ in range(4)]
    chosen = [(pk, code, world.version_of(pk)) for pk, code in rows]
    key = signing.opened(here.head, DEMO_PIN, now=MONDAY)

    cut: Iterator[signing.Signed] = signing.sign_each(chosen, key, by=here.head, now=MONDAY)
    assert len(list(islice(cut, 2))) == 2
    cut.close()  # type: ignore[attr-defined]
    again = list(signing.sign_each(chosen, key, by=here.head, now=MONDAY))

    assert [bool(row.refusal) for row in again] == [True, True, False, False]
    assert [_step(pk) for pk, _code in rows] == ["stamp"] * 4
    assert Signature.objects.count() == Paper.objects.filter(form="RESULT").count() == 4


def test_the_wrong_pin_of_a_batch_is_refused_before_any_row(here: World) -> None:
    case_id, code = world.proposed(here)
    tick = f"{case_id}:{code}:{world.version_of(case_id)}"

    answer = signed_in(here.head).post(f"{ROOT}ky", {"chosen": [tick], "pin": "1"})

    assert answer.status_code == 422
    assert "Mã PIN chưa đúng" in text(answer)
    assert _step(case_id) == "sign"


def test_what_is_sent_back_after_it_was_signed_gets_a_new_paper(here: World) -> None:
    case_id, _code = world.proposed(here)
    key = signing.opened(here.head, DEMO_PIN, now=MONDAY)
    assert key is not None
    signing.sign(case_id, DEMO_PIN, seen=world.version_of(case_id), by=here.head, now=MONDAY)
    signing.stamp(case_id, DEMO_PIN, seen=world.version_of(case_id), by=here.stamp, now=MONDAY)
    first = papers.result(case_id, by=here.clerk, now=MONDAY)

    holder = world.holder(here, case_id)
    handling.reopen(case_id, "Sai tên hộ kinh doanh", by=holder, now=MONDAY)

    assert documents.open_file(first.file_id)[0].exists()
    assert Case.objects.get(pk=case_id).state == "PROCESSING"


def test_a_result_signed_without_keys_is_issued_without_a_seal_and_says_so(
    here: World,
) -> None:
    case_id, _code = world.proposed(here)
    handling.approve(case_id, by=here.head, now=MONDAY)

    signing.stamp(case_id, DEMO_PIN, seen=world.version_of(case_id), by=here.stamp, now=MONDAY)

    paper = papers.result(case_id, by=here.clerk, now=MONDAY)
    assert not paper.is_signed
    assert not Signature.objects.exists()


def test_the_batch_wants_something_chosen_and_not_too_much() -> None:
    with pytest.raises(Invalid, match="ít nhất một"):
        signing.check_batch([])
    with pytest.raises(Invalid, match="nhiều nhất 200"):
        signing.check_batch([(1, "", 1)] * 201)


def test_the_page_names_the_demos_pin() -> None:
    parts = Path(signing.__file__).parent / "templates/desk/parts.html"

    assert f"mã PIN là {DEMO_PIN}." in parts.read_text()
