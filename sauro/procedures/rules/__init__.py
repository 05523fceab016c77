"""What procedures are, how the catalogue writes them, and who handles them. Pure."""

from sauro.procedures.rules.competence import UNCHECKED, Competence, competence
from sauro.procedures.rules.parsing import CODE, Reading, parse, read
from sauro.procedures.rules.popular import POPULAR
from sauro.procedures.rules.records import (
    CHANNEL_LABELS,
    FLAGS,
    LEVEL_LABELS,
    Channel,
    Component,
    ComponentCase,
    Fee,
    FeeKind,
    Finding,
    Law,
    Level,
    Method,
    ProcedureRecord,
    Product,
    Status,
    Step,
)
from sauro.procedures.rules.titles import Title, read_title

__all__ = [
    "CHANNEL_LABELS",
    "CODE",
    "FLAGS",
    "LEVEL_LABELS",
    "POPULAR",
    "UNCHECKED",
    "Channel",
    "Competence",
    "Component",
    "ComponentCase",
    "Fee",
    "FeeKind",
    "Finding",
    "Law",
    "Level",
    "Method",
    "ProcedureRecord",
    "Product",
    "Reading",
    "Status",
    "Step",
    "Title",
    "competence",
    "parse",
    "read",
    "read_title",
]
