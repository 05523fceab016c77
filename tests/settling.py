"""The rest of a bad day: everything that waits is tried again as if an hour had gone by."""

from datetime import timedelta

import django


def main() -> None:
    """Settle payments, tell, send and time what is left; the worker may do so beside us."""
    from sauro.core import clock  # noqa: PLC0415 - after Django
    from sauro.core.actor import SYSTEM  # noqa: PLC0415
    from sauro.documents import jobs as documents  # noqa: PLC0415
    from sauro.notices import jobs as notices  # noqa: PLC0415
    from sauro.onestop import settling  # noqa: PLC0415
    from sauro.onestop.services import telling  # noqa: PLC0415

    for hours in range(1, 6):
        later = clock.now() + timedelta(hours=hours)
        settling.settle(now=later)
        while telling.tell_next(by=SYSTEM, now=clock.now()):
            pass
        for _batch in range(1 + _waiting() // 100):
            notices.send_batch(now=later)
        documents.add_time()


def _waiting() -> int:
    from sauro.notices.models import Delivery  # noqa: PLC0415

    return Delivery.objects.filter(state="WAITING").count()


if __name__ == "__main__":
    django.setup()
    main()
