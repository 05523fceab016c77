"""Refusals: what the platform says when it will not do what was asked.

Refusal
├── NotFound        the thing does not exist, or this actor may not know that it does   404
├── NotPermitted    the actor may see the thing but not do this to it                   403
├── NotNow          the thing is not in a state that allows this                        409
├── Changed         somebody else changed the thing since it was read                   409
├── TooLarge        what was sent is larger than can be taken                           413
└── Invalid         what was sent cannot be accepted as it stands                       422

A refusal is an answer, not a fault: it is shown to the person, counted, and never paged on.
Whatever is not a Refusal is a fault: logged with its traceback, answered with the page of 500.
"""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is not an error
    """Base of all refusals.

    `code` is for machines and never changes. `message` is for the person: one or two
    sentences that say what is wrong and what to do next, with `facts` filled in.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400

    def __init__(self, message: str, **facts: object) -> None:
        self.message = message
        self.facts = facts
        super().__init__(message.format(**facts))


class NotFound(Refusal):
    """The thing does not exist for this actor."""

    code = "not_found"
    status = 404


class NotPermitted(Refusal):
    """The actor may not do this."""

    code = "not_permitted"
    status = 403


class NotNow(Refusal):
    """The state of the thing does not allow this."""

    code = "not_now"
    status = 409


class Changed(Refusal):
    """The thing was changed since the page was opened."""

    code = "changed"
    status = 409


class TooLarge(Refusal):
    """More than can be taken."""

    code = "too_large"
    status = 413


class Invalid(Refusal):
    """`field` names the input that must be mended, where there is one."""

    code = "invalid"
    status = 422

    def __init__(self, message: str, field: str = "", **facts: object) -> None:
        self.field = field
        super().__init__(message, **facts)
