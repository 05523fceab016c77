"""What a form is, which of its questions concern somebody, and what an answer must be. Pure."""

from sauro.forms.rules.shape import Condition, Form, Kind, Page, Question, parse

__all__ = ["Condition", "Form", "Kind", "Page", "Question", "parse"]
