from datetime import date
from typing import Any

import pytest

from sauro.core.actor import SYSTEM
from sauro.desk.queries.said import said_in
from sauro.desk.tests import world
from sauro.forms import services
from sauro.onestop import queries as onestop
from sauro.onestop.models import Dossier
from sauro.onestop.tests.world import MONDAY
from sauro.procedures import queries as procedures

pytestmark = pytest.mark.django_db


def test_officials_read_the_answers_in_words_in_one_query(
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = world.build()
    procedure = procedures.version(here.version_id)
    schema = {"type": "object", "properties": {"shop": {"type": "string", "title": "Tên quán"}}}
    ui = {"pages": [{"key": "ten", "title": "Tên", "fields": ["shop"]}]}
    form = services.publish(
        procedure.code, schema, ui, since=date(2026, 1, 1), by=SYSTEM, now=MONDAY
    )
    case_id, code = world.filed(here)
    Dossier.objects.filter(pk=case_id).update(form_id=form, said={"shop": "Quán phở"})
    dossier = onestop.dossier_for(here.clerk, code)
    said_in(dossier, procedure.record)

    with django_assert_num_queries(1):
        lines = said_in(dossier, procedure.record)

    assert [(line.label, line.value) for line in lines] == [("Tên quán", "Quán phở")]
