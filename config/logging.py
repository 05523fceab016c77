"""Logging: one JSON object a line on stderr, facts beside the sentence, never a person."""

import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

# Identity and telephone numbers have nine to twelve digits. They have no place in a log, not
# even inside the message of somebody else's exception.
_A_PERSONS_NUMBER = re.compile(r"(?<!\d)\d{9,12}(?!\d)")
_USUAL = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_PLAIN = (str, int, float, bool, type(None))


class Lines(logging.Formatter):
    """Format a record as a line of JSON: at, level, logger, said, its facts, its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; facts that are not plain values are left out, such as a request."""
        facts = {k: v for k, v in record.__dict__.items() if k not in _USUAL}
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "said": record.getMessage(),
            **{k: v for k, v in facts.items() if isinstance(v, _PLAIN)},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        text = json.dumps(line, ensure_ascii=False, default=str)
        return _A_PERSONS_NUMBER.sub("•••", text)


def configure(asked: Mapping[str, str]) -> None:
    """Send everything from the asked level up to stderr; Django calls this at start-up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers = [h for h in root.handlers if not isinstance(h.formatter, Lines)] + [handler]
    root.setLevel(asked["level"])
    logging.getLogger("django").handlers.clear()
    logging.getLogger("django.server").propagate = True
    # At INFO it writes out the arguments of every job.
    logging.getLogger("procrastinate").setLevel("WARNING")
