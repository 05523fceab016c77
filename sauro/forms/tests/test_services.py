import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.core.errors import Invalid, NotPermitted
from sauro.forms import queries, services
from sauro.forms.models import FormVersion
from sauro.forms.rules import checking, parse
from sauro.procedures.tests.factories import VersionFactory

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DATA = Path(__file__).parents[3] / "data" / "forms"
FILES = sorted(DATA.glob("*.json"))


def parts(label: str = "Tên của trẻ") -> tuple[dict[str, Any], dict[str, Any]]:
    schema = {"type": "object", "properties": {"x": {"type": "string", "title": label}}}
    return schema, {"pages": [{"key": "p", "title": "Trang", "fields": ["x"]}]}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_form_that_is_shipped_has_nothing_to_mend(file: Path) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    form = parse(content["schema"], content["ui"])

    assert checking.faults(form) == []
    assert checking.warnings(form) == []
    assert all(form.find(key) for key in form.summary)


def test_twenty_forms_are_shipped() -> None:
    assert len(FILES) == 20


@pytest.mark.django_db
def test_a_changed_form_is_a_new_version_and_the_same_is_none() -> None:
    version = VersionFactory.create()
    code = version.procedure.code
    first = services.publish(code, *parts(), since=date(2026, 7, 1), by=SYSTEM, now=NOW)
    same = services.publish(code, *parts(), since=date(2026, 9, 1), by=SYSTEM, now=NOW)
    changed = parts("Tên trẻ em")
    second = services.publish(code, *changed, since=date(2026, 12, 1), by=SYSTEM, now=NOW)

    assert same == first
    assert queries.in_force(version.pk, on=date(2026, 11, 30)) == first
    assert queries.in_force(version.pk, on=date(2026, 12, 1)) == second
    assert FormVersion.objects.count() == 2


@pytest.mark.django_db
def test_a_form_that_asks_what_the_state_holds_is_refused_beside_the_question() -> None:
    code = VersionFactory.create().procedure.code

    with pytest.raises(Invalid, match="Họ tên đã có trong tài khoản") as refused:
        services.publish(code, *parts("Họ tên"), since=date(2026, 7, 1), by=SYSTEM, now=NOW)

    assert refused.value.field == "x"
    assert not FormVersion.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 20])
def test_the_forms_in_force_are_one_query(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(size):
        code = VersionFactory.create().procedure.code
        services.publish(code, *parts(), since=date(2026, 7, 1), by=SYSTEM, now=NOW)

    with django_assert_num_queries(1):
        assert len(queries.forms()) == size


@pytest.mark.django_db
def test_only_a_leader_publishes() -> None:
    clerk = Actor(kind=ActorKind.OFFICIAL, label="Cán bộ")

    with pytest.raises(NotPermitted, match="do lãnh đạo ban hành"):
        services.publish("1.001193", *parts(), since=date(2026, 7, 1), by=clerk, now=NOW)
