"""Every address says whom it is open to."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def _routes(resolver: URLResolver, at: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            yield from _routes(item, at + str(item.pattern))
        else:
            yield at + str(item.pattern), item


def test_every_route_declares_whom_it_is_open_to() -> None:
    silent = [
        path for path, route in _routes(get_resolver()) if not hasattr(route.callback, "open_to")
    ]

    assert silent == []


def test_no_two_routes_have_the_same_name() -> None:
    names = [
        (str(route.callback.__module__), route.name) for _path, route in _routes(get_resolver())
    ]

    assert sorted({name for name in names if names.count(name) > 1}) == []
