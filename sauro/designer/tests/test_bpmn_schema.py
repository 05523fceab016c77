"""What is exported is valid by the schema of the Object Management Group (formal/2011-01-04)."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from sauro.designer.rules import bpmn
from sauro.designer.tests import processes


@cache
def schema() -> etree.XMLSchema:
    """Return the schema as a test library carries it, with those it includes."""
    spec = find_spec("SpiffWorkflow")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "bpmn" / "parser" / "schema"
    return etree.XMLSchema(etree.parse(folder / "BPMN20.xsd"))


@pytest.mark.parametrize("file", processes.DATA, ids=lambda path: path.stem)
def test_every_process_of_the_province_is_valid_by_the_schema(file: Path) -> None:
    data = json.loads(file.read_text("utf-8"))
    document = etree.fromstring(bpmn.write(data["code"], data["name"], 3, data))

    assert schema().validate(document), schema().error_log


def test_the_schema_refuses_what_is_no_process() -> None:
    document = etree.fromstring(bpmn.write("dossier.land", "Đất", 1, processes.land()))
    process = document.find("{*}process")
    process.remove(process.find("{*}startEvent"))
    process.append(etree.Element(process.tag.replace("process", "startEvent"), isExecutable="no"))

    assert not schema().validate(document)
