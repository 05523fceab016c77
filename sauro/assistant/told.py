"""Answers as plain data, for the command line and the interface."""

from typing import Any

from sauro.assistant.queries import Answer
from sauro.assistant.rules.composing import Sentence
from sauro.assistant.rules.parts import LABELS


def as_data(answer: Answer, *, again: str = "") -> dict[str, Any]:
    """Return an answer as JSON can hold it: sentences each with its citation.

    again: the same said more shortly by a language model, where there is one.
    """
    return {
        "question": answer.question,
        "kind": answer.kind.value,
        "code": answer.code,
        "name": answer.name,
        "part": answer.part.value,
        "part_label": LABELS[answer.part],
        "answer": answer.text,
        "rephrased": again,
        "citations": [_cited(sentence) for sentence in answer.sentences],
        "choices": [
            {"code": c.code, "name": c.name, "level": c.level_label, "answer": c.short}
            for c in answer.choices
        ],
        "desk": answer.desk,
        "reason": answer.reason,
    }


def _cited(sentence: Sentence) -> dict[str, Any]:
    source = sentence.source
    return {
        "text": sentence.text,
        "code": source.code,
        "version": source.version,
        "part": source.part,
        "decision": source.decision,
        "published_on": source.published_on,
    }
