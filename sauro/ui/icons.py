"""The icons (biểu tượng) of the pages: line drawings on a grid of 24, drawn by us.

An icon is put into the page itself: no file to fetch, no script, and it takes the colour of
the text it stands in.
"""

from markupsafe import Markup

_DRAWINGS = {
    "arrow": '<path d="M4.5 12h15m-6-6 6 6-6 6"/>',
    "award": '<path d="M6 3.5h9l4 4V20.5H6z"/><path d="M14.5 3.5V8H19M9 12.5h6.5M9 16h4"/>',
    "baby": (
        '<circle cx="12" cy="12.5" r="7.5"/><path d="M12 5c0-1.6 1.2-2.2 '
        '2.6-1.8M9.3 11.5v.1m5.4-.1v.1M9 15c1.8 1.6 4.2 1.6 6 0"/>'
    ),
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4"/>',
    "cal": (
        '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>'
    ),
    "camera": (
        '<path d="M3.5 8h4L9 5.5h6L16.5 8h4v11.5h-17z"/><circle cx="12" cy="13.5" r="3.5"/>'
    ),
    "car": (
        '<path d="M4 16.5v-4l2-5.5h12l2 5.5v4zM4 12.5h16M4 16.5V19h3v-2.5m10 0V19h3v-2.5M7.5 '
        '14.6v.1m9-.1v.1"/>'
    ),
    "chat": '<path d="M4 5h16v11.5H11L6.5 20v-3.5H4z"/><path d="M8 9.5h8M8 12.5h5"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "coin": (
        '<ellipse cx="12" cy="7" rx="7.5" ry="3.5"/><path d="M4.5 7v10c0 1.9 3.4 3.5 7.5 3.5s7.5'
        '-1.6 7.5-3.5V7M4.5 12c0 1.9 3.4 3.5 7.5 3.5s7.5-1.6 7.5-3.5"/>'
    ),
    "down": '<path d="M12 4v11.5m-5-5 5 5 5-5M4.5 20h15"/>',
    "elder": (
        '<circle cx="10" cy="5.5" r="2.5"/><path d="M10 9.5c-2.5 0-3.5 1.7-3.5 '
        "4v3h2.2L9.2 21M10 9.5c2 0 3 1.2 3.3 3l2.7 1.5M13 21l-1-5M18.5 21v-8.5a1.7 "
        '1.7 0 0 0-3.2-.8"/>'
    ),
    "file": '<path d="M6 3.5h8.5L18.5 8v12.5H6z"/><path d="M14 3.5V8.5h4.5"/>',
    "flower": (
        '<circle cx="12" cy="8.5" r="2"/><path d="M12 6.5c0-4 4-3.5 3.2-.5 3-1 4 2.8 1 '
        "3.3 2.2 2-1 4.4-2.7 1.7M12 6.5c0-4-4-3.5-3.2-.5-3-1-4 2.8-1 3.3-2.2 2 "
        '1 4.4 2.7 1.7M12 10.5V21M12 17c2.5 0 4-1 4.5-3"/>'
    ),
    "heart": (
        '<path d="M12 20C6 15.5 3.5 12.3 3.5 9a4.4 4.4 0 0 1 8.5-1.7A4.4 4.4 0 0 1 '
        '20.5 9c0 3.3-2.5 6.5-8.5 11Z"/><path d="M3.8 11.5H9l1.5-2.5 2.5 5 1.5-2.5h5.7"/>'
    ),
    "home": '<path d="m3.5 11.5 8.5-7.5 8.5 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
    "id": (
        '<rect x="3" y="5.5" width="18" height="13" rx="2"/><circle cx="8.5" cy="11" '
        'r="2"/><path d="M5.5 16c.4-1.7 1.5-2.5 3-2.5s2.6.8 3 2.5M14.5 10h4M14.5 13.5h3"/>'
    ),
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5m0-8.2v.1"/>',
    "land": (
        '<path d="m3 7 6-2.5 6 2.5 6-2.5v13L15 20l-6-2.5L3 20z"/><path d="M9 4.5v13M15 7v13"/>'
    ),
    "leaf": (
        '<path d="M5 19c0-9 5-14 15-14.5C20 14 15 19 8 19c-1.5 0-3-.5-3-.5"/><path d="M4 '
        '21c2-5 5-8.5 10-11"/>'
    ),
    "left": '<path d="M15 5.5 8.5 12l6.5 6.5"/>',
    "light": (
        '<path d="M9 17.5h6M10 20.5h4M8.2 14.5a6 6 0 1 1 7.6 0c-.7.6-.8 1.5-.8 '
        '3H9c0-1.5-.1-2.4-.8-3Z"/>'
    ),
    "lock": (
        '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 '
        '0v2.5"/>'
    ),
    "mail": '<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="m3.5 7 8.5 6 8.5-6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "mic": (
        '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 '
        '0M12 18v3"/>'
    ),
    "minus": '<path d="M6 12h12"/>',
    "org": '<path d="M4 20V9l8-5 8 5v11M2.5 20h19M9 20v-6h6v6"/>',
    "pen": (
        '<path d="m4 20 1-4.5L16 4.5l3.5 3.5L8.5 19z"/><path d="m13.5 7 3.5 3.5M13 20.5h7.5"/>'
    ),
    "phone": (
        '<path d="M5 4h4l1.8 4.7-2.3 1.7a12 12 0 0 0 5.1 5.1l1.7-2.3L20 15v4a1.5 '
        '1.5 0 0 1-1.6 1.5C10.5 20 4 13.5 3.5 5.6A1.5 1.5 0 0 1 5 4Z"/>'
    ),
    "pin": (
        '<path d="M12 21c4.5-5 6.8-8.6 6.8-11.3a6.8 6.8 0 1 0-13.6 0C5.2 '
        '12.4 7.5 16 12 21Z"/><circle cx="12" cy="9.8" r="2.4"/>'
    ),
    "print": (
        '<path d="M7 8V3.5h10V8M7 16.5H4V9.5a1.5 1.5 0 0 1 1.5-1.5h13A1.5 1.5 0 0 1 20 '
        '9.5v7h-3"/><path d="M7 14h10v6.5H7z"/>'
    ),
    "qr": (
        '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v2M14 20h2.5M19 '
        '18.5V20h1"/>'
    ),
    "rings": (
        '<circle cx="8.7" cy="14" r="5.4"/><circle cx="15.3" cy="14" r="5.4"/><path '
        'd="m7 5 1.7 2.5L10.4 5"/>'
    ),
    "plus": '<path d="M12 5.5v13M5.5 12h13"/>',
    "right": '<path d="m9 5.5 6.5 6.5L9 18.5"/>',
    "road": '<path d="M8.5 4 4 20M15.5 4 20 20M12 5v2.5m0 3.5v2.5m0 3.5V20"/>',
    "route": (
        '<circle cx="6" cy="6" r="2.5"/><circle cx="18" cy="18" r="2.5"/><path d="M8.5 '
        '6H15a3.5 3.5 0 0 1 0 7H9a3.5 3.5 0 0 0 0 7h6.5"/>'
    ),
    "school": (
        '<path d="m2.5 9.5 9.5-5 9.5 5-9.5 5z"/><path d="M6.5 12v5c3 2.3 8 2.3 11 '
        '0v-5M21.5 9.5V15"/>'
    ),
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "share": (
        '<circle cx="6" cy="12" r="2.5"/><circle cx="17.5" cy="5.5" r="2.5"/><circle '
        'cx="17.5" cy="18.5" r="2.5"/><path d="m8.2 10.8 7-4M8.2 13.2l7 4"/>'
    ),
    "shop": (
        '<path d="M4 10v10h16V10M3 9l1.8-5h14.4L21 9c0 3-4 3-4.5.5-.5 2.5-4 2.5-4.5 0-.5 '
        '2.5-4 2.5-4.5 0C7 12 3 12 3 9ZM9.5 20v-5h5v5"/>'
    ),
    "speaker": (
        '<path d="M4 9.5v5h3.5L13 19V5L7.5 9.5zM16.5 9a4.5 4.5 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11"/>'
    ),
    "trash": '<path d="M4.5 7h15M9 7V4h6v3M6.5 7l1 13.5h9l1-13.5"/>',
    "user": '<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>',
    "users": (
        '<circle cx="9" cy="8.5" r="3.3"/><path d="M2.8 19.5c.600-3.6 3-5.3 '
        "6.2-5.3s5.6 1.7 6.2 5.3M15.5 5.4a3.3 3.3 0 0 1 0 6.2M17.5 "
        '14.6c2.1.7 3.4 2.3 3.8 4.9"/>'
    ),
    "warn": '<path d="M12 4 2.8 19.5h18.4L12 4Zm0 6v4.5"/><path d="M12 17.2v.1"/>',
    "undo": '<path d="M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11H9"/>',
    "up": '<path d="M12 16V4.5m-5 5 5-5 5 5M4.5 20h15"/>',
    "water": '<path d="M12 3.5c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11Z"/>',
    "work": (
        '<rect x="3.5" y="7.5" width="17" height="12" rx="2"/><path d="M9 7.5V5.5a1 1 0 0 1 '
        '1-1h4a1 1 0 0 1 1 1v2M3.5 12.5h17"/>'
    ),
    "x": '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
}
NAMES = tuple(_DRAWINGS)


def icon(name: str, label: str = "", css: str = "") -> Markup:
    """Return an icon; hidden from screen readers unless `label` says what it means.

    :raises KeyError: there is no such icon
    """
    drawing = Markup(_DRAWINGS[name])  # noqa: S704 - our own constants
    hidden = Markup('aria-hidden="true"')
    said = Markup('role="img" aria-label="{}"').format(label) if label else hidden
    return Markup('<svg class="{}" width="24" height="24" viewBox="0 0 24 24" {}>{}</svg>').format(
        f"i {css}".strip(), said, drawing
    )
