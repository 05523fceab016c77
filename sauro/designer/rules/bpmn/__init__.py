"""BPMN 2.0: the notation in which other tools draw processes. Out, and back in again. Pure."""

from sauro.designer.rules.bpmn.reading import Imported, read
from sauro.designer.rules.bpmn.writing import write

__all__ = ["Imported", "read", "write"]
