"""Picture (sơ đồ quy trình): any process drawn on the server, with where a case stands. Pure.

Two drawings of the same thing: rails, which read downwards on a phone, and lanes, one for each
who works, on a desk's screen. Pages that show one link `cases/picture.css`.
"""

from sauro.cases.picture.drawing import picture, rails
from sauro.cases.picture.flow import Flow, Here, Marks, of_definition, of_process

__all__ = ["Flow", "Here", "Marks", "of_definition", "of_process", "picture", "rails"]
