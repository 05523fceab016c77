"""What the pages of the hall send, read into plain values."""

from datetime import date


def day_of(text: str, default: date) -> date:
    """Return a day written 2026-11-23, `default` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return default
