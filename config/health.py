"""Whether this process can serve: asked by the supervisor and by a load balancer."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse

from sauro.core.pages import EVERYONE, Request, page


@page(open_to=EVERYONE)
def alive(_request: Request) -> HttpResponse:
    """Answer 200 when the database answers, else 503. Says nothing about anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"song": False}, status=503)
    return JsonResponse({"song": True})
