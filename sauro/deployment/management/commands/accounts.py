"""`sauro accounts`: open the accounts of the demo and print them."""

from django.core.management.base import BaseCommand

from sauro.core import clock
from sauro.deployment import accounts


class Command(BaseCommand):
    """Open what is missing; print all."""

    help = "Mở các tài khoản dùng thử và in danh sách."

    def handle(self, *_args: object, **_options: object) -> None:
        """Print login, person and role of each, and the one password."""
        now = clock.now()
        accounts.ensure_accounts(now)
        self.stdout.write(f"Mật khẩu: {accounts.PASSWORD}")
        for row in accounts.rows(clock.local_day(now)):
            self.stdout.write(f"  {row.login:14} {row.name:28} {row.role}")
