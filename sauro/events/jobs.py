"""Work for later: the seal on what was recorded in the last minutes."""

from datetime import datetime

from sauro.core.jobs import job
from sauro.events import services


@job(name="events.seal", every="*/5 * * * *")
def seal(*, now: datetime) -> None:
    """Seal the events committed since the last seal, so that none can vanish unseen."""
    services.seal(now=now)
