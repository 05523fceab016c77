"""Who may draw a process and who may put it into force. Pure.

The chairman of the province approves internal processes (Circular 01/2018/TT-VPCP, article 8):
every leader and the province's own service centre may draw; leaders of the province publish.
"""

from sauro.core.actor import Actor
from sauro.core.errors import NotPermitted
from sauro.core.text import _
from sauro.offices.rules import Kind, Level, OfficeRow

_NOT_DRAW = _(
    "Chỉ lãnh đạo đơn vị và cán bộ Trung tâm cấp tỉnh sửa được quy trình. Bạn vẫn xem được."
)
_NOT_PUBLISH = _(
    "Quy trình do lãnh đạo cấp tỉnh ban hành. Bản nháp vẫn được giữ; nhờ lãnh đạo mở và ban hành."
)


def may_draw(actor: Actor, office: OfficeRow) -> bool:
    """Test whether somebody in that office may change drafts."""
    return actor.leads or (office.kind == Kind.CENTRE and office.level == Level.PROVINCE)


def may_publish(actor: Actor, office: OfficeRow) -> bool:
    """Test whether somebody in that office may put a process into force."""
    return actor.leads and office.level == Level.PROVINCE


def check_draws(actor: Actor, office: OfficeRow) -> None:
    """Refuse who may not change drafts.

    :raises NotPermitted: neither a leader nor of the province's service centre
    """
    if not may_draw(actor, office):
        raise NotPermitted(_NOT_DRAW)


def check_publishes(actor: Actor, office: OfficeRow) -> None:
    """Refuse who may not put a process into force.

    :raises NotPermitted: not a leader of the province
    """
    if not may_publish(actor, office):
        raise NotPermitted(_NOT_PUBLISH)
