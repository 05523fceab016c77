"""What the web server serves."""

import logging
import os
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    """Read what every search needs, so that the first person to search does not wait for it."""
    from sauro.procedures import queries  # noqa: PLC0415 - its tables are known only now

    try:
        queries.suggest("khai sinh")
    except DatabaseError:
        logging.getLogger(__name__).warning("the catalogue is not there yet")
    finally:
        connection.close()


Thread(target=_warm_up, daemon=True).start()
