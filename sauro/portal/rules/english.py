"""The few words that somebody who reads no Vietnamese needs (tiếng Anh). Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sauro.onestop.rules import Outcome, State

# What people come for most, by the code of the procedure.
PROCEDURES: Final[Mapping[str, str]] = {
    "1.001193": "Birth registration",
    "2.000815": "Certified copies",
    "2.000635": "Extract of civil status",
    "1.000894": "Marriage registration",
    "1.004873": "Certificate of single status",
    "1.004222": "Permanent residence",
    "1.001612": "Household business",
    "1.012787": "Transfer of land",
    "1.012753": "First land certificate",
    "1.013225": "Building permit",
    "1.014061": "Identity card",
    "1.014062": "Identity card for a child",
    "3.000333": "Criminal record certificate",
}
STATES: Final[Mapping[State, tuple[str, str]]] = {
    State.REGISTERED: ("Received.", "The centre checks it and answers."),
    State.ACCEPTED: ("Accepted.", "It is on its way to the office that handles it."),
    State.REJECTED: ("Not accepted.", "The reason is below, in Vietnamese."),
    State.PROCESSING: ("Being handled.", ""),
    State.SUPPLEMENT_REQUESTED: (
        "Papers are missing.",
        "Please bring or send what is asked for. The date you were promised waits meanwhile.",
    ),
    State.PAYMENT_REQUESTED: (
        "A payment is due.",
        "The date you were promised waits until it is paid.",
    ),
    State.WITHDRAWN: ("Withdrawn.", "It was taken back by the applicant."),
    State.STOPPED: ("Stopped.", "The reason is below, in Vietnamese."),
    State.DONE: ("The result is ready.", "Please come and fetch it, or download it."),
    State.RETURNED: ("The result was handed out.", ""),
}
REFUSED: Final = ("Refused.", "The reasons are in the letter, in Vietnamese.")
INCOMPLETE: Final = (
    "Type the code printed under the QR code, and the last four digits of the applicant's number."
)
WRONG: Final = "There is no application with this code and these four digits. Check both."
TOO_MANY: Final = "Too many attempts. Try again in {minutes} minutes, or call 1022."
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def standing(state: str, outcome: str) -> tuple[str, str]:
    """Return how an application stands, in two short sentences; the second may be empty."""
    ended = State(state) in {State.DONE, State.RETURNED}
    return REFUSED if ended and outcome == Outcome.REFUSED else STATES[State(state)]


def day(at: datetime) -> str:
    """Return "Tuesday, 30 September 2025"; the moment is as local clocks show it."""
    return f"{_DAYS[at.weekday()]}, {at.day} {_MONTHS[at.month - 1]} {at.year}"
