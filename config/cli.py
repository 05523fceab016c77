"""The `sauro` command: what an engineer or an operator types.

It finds or starts the database, then hands over to the server, to the checks of the code, or
to the management command that was named.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.progress import say

_HELP = """\
sauro start [--port 8000] [--host 0.0.0.0] [--no-demo] [--days 30]
                        chuẩn bị mọi thứ rồi chạy máy chủ
sauro stop              dừng máy chủ
sauro load              nạp dữ liệu thật của tỉnh (chạy lại nhiều lần được)
sauro simulate          diễn lại những ngày làm việc của tỉnh
sauro verify-log        kiểm chứng nhật ký sự kiện
sauro due --start 2026-02-11 --days 5 [--explain]
                        tính hạn theo lịch làm việc, không cần máy chủ
sauro score-766 TỆP.csv [--json]
                        tính điểm Bộ chỉ số 766 từ tử số, mẫu số; không cần máy chủ
sauro measure on_time --by office --month 2026-10 [--as-of NGÀY] [--json|--csv]
                        một số đo theo định nghĩa, tính từ hồ sơ
sauro ask "câu hỏi" [--json]
                        hỏi trợ lý về thủ tục, trả lời kèm nguồn
sauro evaluate-assistant TỆP.jsonl
                        đánh giá trợ lý bằng câu hỏi có đáp án
sauro law "điều 20 luật cư trú" [--on 2024-01-01] [--json]
                        tra luật theo điều, số hiệu hoặc bằng lời
sauro payment-sandbox   chạy cổng thanh toán thử, cư xử tệ tùy chọn
sauro settle-payments   hỏi lại cổng thanh toán, hoàn khoản phải hoàn
sauro check             kiểm tra mã nguồn: định dạng, kiểu, ranh giới, mẫu trang, dữ liệu
sauro test [...]        kiểm tra mã nguồn rồi chạy mọi phép thử (tham số chuyển cho pytest)
sauro module petitions Petition 'phản ánh'
                        tạo một phân hệ mới
sauro manage LỆNH       lệnh quản trị của Django; tên lệnh dùng thẳng cũng được
"""


@contextmanager
def database() -> Iterator[None]:
    """Have a database for a while: the one in the environment, else our own."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from config import serve  # noqa: PLC0415 - slow to load; `sauro due` answers at once
    from config.postgres import Server  # noqa: PLC0415

    with Server(serve.var() / "postgres").used() as address:
        os.environ["DATABASE_URL"] = address
        yield


def main(words: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if words is None else words
    name, rest = (words[0], words[1:]) if words else ("help", [])
    if name in _WITHOUT_SERVER:
        return _WITHOUT_SERVER[name](rest)
    from config.postgres_machine import CannotStartError  # noqa: PLC0415 - slow to load

    own = {"start": _start, "stop": _stop, "check": _check, "test": _test, "module": _module}
    if name in {"help", "--help", "-h"}:
        say(_HELP, ending="")
        return 0
    managed = rest if name == "manage" else [name.replace("-", "_"), *rest]
    try:
        return own[name](rest) if name in own else _manage(managed)
    except CannotStartError as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our words has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _start(words: list[str]) -> int:
    from config import serve  # noqa: PLC0415 - slow to load

    parser = ArgumentParser("sauro start", description="Chuẩn bị mọi thứ rồi chạy máy chủ.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--host", default="0.0.0.0")  # noqa: S104 - phones on the same network
    parser.add_argument("--no-demo", action="store_true", help="không có dữ liệu dùng thử")
    parser.add_argument("--days", type=int, default=30, help="số ngày diễn lại cho dữ liệu thử")
    given = parser.parse_args(words)
    days = 0 if given.no_demo else given.days
    return serve.start(serve.Wish(given.host, given.port, days), database)


def _stop(_words: list[str]) -> int:
    from config import serve  # noqa: PLC0415 - slow to load

    return serve.stop()


def _check(_words: list[str]) -> int:
    from config import checks  # noqa: PLC0415 - the other commands do not need it

    return checks.check()


def _test(words: list[str]) -> int:
    from config import checks  # noqa: PLC0415 - the other commands do not need it

    return checks.test(words)


def _module(words: list[str]) -> int:
    from config import generate  # noqa: PLC0415 - the other commands do not need it

    parser = ArgumentParser("sauro module", description="Tạo một phân hệ mới.")
    parser.add_argument("name", help="danh từ tiếng Anh số nhiều: petitions")
    parser.add_argument("row", help="lớp đầu tiên, số ít: Petition")
    parser.add_argument("term", help="danh từ tiếng Việt: phản ánh")
    given = parser.parse_args(words)
    return generate.module(given.name, given.row, given.term, Path(__file__).parents[1])


def _due(words: list[str]) -> int:
    from config import due  # noqa: PLC0415 - the other commands do not need it

    return due.main(words)


def _score(words: list[str]) -> int:
    from config import score  # noqa: PLC0415 - the other commands do not need it

    return score.main(words)


_WITHOUT_SERVER = {"due": _due, "score-766": _score}


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - slow to load

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with database():
        execute_from_command_line(["sauro", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
