"""Registering people, opening accounts and signing in."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from sauro.core.actor import SYSTEM, VISITOR, Actor, ActorKind
from sauro.core.errors import Invalid, NotFound, NotNow, NotPermitted
from sauro.events import queries as log
from sauro.events.models import Event
from sauro.people import queries, services
from sauro.people.models import Account, Person
from sauro.people.rules import NewPerson
from sauro.people.tests.factories import PASSWORD, AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
CLERK = Actor(kind=ActorKind.OFFICIAL, label="H'Linh Niê, Công chức", official_id=7, office_id=3)


def verbs(subject: str, subject_id: int) -> list[str]:
    return [line.verb for line in log.history(subject, subject_id)]


class TestRegister:
    def test_a_person_is_kept_as_their_papers_say(self) -> None:
        person_id = services.register(
            "  H’Bĭă  Mlô ",
            pid="900 195 000001",
            born_on=date(1995, 4, 2),
            phone="+84 500 000 118",
            email="hbia@daklak.example",
            address="Buôn Kô Siêr",
            by=CLERK,
            now=NOW,
        )

        person = queries.person(person_id)
        assert (person.name, person.pid, person.sex) == ("H'Bĭă Mlô", "900195000001", "F")
        assert (person.phone, person.phone_masked) == ("0500000118", "0500 ••• 118")
        assert person.pid_masked == "9001 95•• ••01"
        assert Person.objects.get().folded_name == "hbia mlo"

    def test_the_log_says_who_registered_and_nothing_about_the_person(self) -> None:
        person_id = services.register("Lê Hoa", pid="900190000002", by=CLERK, now=NOW)

        line = log.history("people.person", person_id)[0]
        assert (line.verb, line.who) == ("person.registered", CLERK.label)
        assert line.data == {"place": None, "synthetic": False}

    def test_a_number_is_registered_once(self) -> None:
        PersonFactory.create(pid="900089000001")

        with pytest.raises(Invalid, match="đã có trong danh sách"):
            services.register("Người Khác", pid="900089000001", by=CLERK, now=NOW)

        assert Person.objects.count() == 1
        assert log.count() == 0

    def test_people_without_a_number_may_share_a_name(self) -> None:
        first = services.register("Lê Hoa", by=CLERK, now=NOW)
        second = services.register("Lê Hoa", by=CLERK, now=NOW)

        assert first != second

    def test_a_person_who_is_known_is_found_and_left_as_they_are(self) -> None:
        known = PersonFactory.create(pid="900089000001", name="Phạm Văn Lợi")

        found = services.find_or_register("Lợi", pid="900 089 000001", by=CLERK, now=NOW)

        assert found == known.pk
        assert queries.person(found).name == "Phạm Văn Lợi"
        assert log.count() == 0

    def test_a_person_who_is_not_known_is_registered(self) -> None:
        found = services.find_or_register("Lê Hoa", pid="900190000002", by=CLERK, now=NOW)

        assert verbs("people.person", found) == ["person.registered"]

    def test_a_set_is_registered_in_order_and_only_once(self) -> None:
        given = [
            NewPerson(name="Lê Hoa", pid="900190000002"),
            NewPerson(name="Không Số"),
            NewPerson(name="Y Thu Niê", pid="900095000003", born_on=date(1995, 1, 1)),
            NewPerson(name="Không Số Nữa"),
        ]

        first = services.register_all(given, by=SYSTEM, now=NOW)
        again = services.register_all([given[2], given[0]], by=SYSTEM, now=NOW)

        names = [queries.person(person_id).name for person_id in first]
        assert names == ["Lê Hoa", "Không Số", "Y Thu Niê", "Không Số Nữa"]
        assert again == [first[2], first[0]]
        assert Event.objects.filter(verb="person.registered").count() == 4

    def test_one_bad_row_refuses_the_whole_set(self) -> None:
        given = [NewPerson(name="Lê Hoa"), NewPerson(name="Lê 7")]

        with pytest.raises(Invalid):
            services.register_all(given, by=SYSTEM, now=NOW)

        assert Person.objects.count() == 0


class TestDetails:
    def test_a_person_changes_how_they_are_reached(self) -> None:
        person = PersonFactory.create()
        owner = Actor(kind=ActorKind.CITIZEN, label="Lợi", person_id=person.pk)

        services.change_details(person.pk, phone="0500 999 111", by=owner, now=NOW)

        assert queries.person(person.pk).phone == "0500999111"
        assert log.history("people.person", person.pk)[0].data == {"changed": ["phone"]}

    def test_a_stranger_may_not(self) -> None:
        person = PersonFactory.create(phone="0500000001")
        stranger = Actor(kind=ActorKind.CITIZEN, label="Lạ", person_id=person.pk + 1)

        for actor in (stranger, VISITOR):
            with pytest.raises(NotPermitted):
                services.change_details(person.pk, phone="0500999111", by=actor, now=NOW)

        assert queries.person(person.pk).phone == "0500000001"

    def test_nobody_is_nobody(self) -> None:
        with pytest.raises(NotFound):
            services.change_details(0, phone="", by=SYSTEM, now=NOW)


class TestAccount:
    def test_a_password_is_kept_as_an_argon2_hash_only(self) -> None:
        person = PersonFactory.create()

        services.open_account(person.pk, "LoiPham", "mat-khau-dai", by=SYSTEM, now=NOW)

        account = Account.objects.get()
        assert account.login == "loipham"
        assert account.password.startswith("argon2$argon2id$")
        assert verbs("people.account", account.pk) == ["account.opened"]

    def test_a_login_and_a_person_have_one_account(self) -> None:
        account = AccountFactory.create(login="loipham")
        other = PersonFactory.create()

        with pytest.raises(Invalid, match="có người dùng"):
            services.open_account(other.pk, "LOIPHAM", "mat-khau-dai", by=SYSTEM, now=NOW)
        with pytest.raises(NotNow, match="đã có tài khoản"):
            services.open_account(account.person_id, "khac", "mat-khau-dai", by=SYSTEM, now=NOW)

        assert Account.objects.count() == 1


class TestSignIn:
    def test_the_right_password_opens(self) -> None:
        account = AccountFactory.create(login="loipham")

        assert services.sign_in(" LoiPham ", PASSWORD, now=NOW) == account.person_id

        event = Event.objects.get()
        assert (event.verb, event.person_id) == ("account.signed_in", account.person_id)
        assert (event.data, event.actor_label) == ({}, "Chủ tài khoản")

    @pytest.mark.parametrize("login", ["loipham", "khong-co-ai"])
    def test_a_wrong_login_and_a_wrong_password_get_the_same_answer(self, login: str) -> None:
        AccountFactory.create(login="loipham")

        with pytest.raises(Invalid) as refused:
            services.sign_in(login, "sai-mat-khau", now=NOW)

        assert str(refused.value) == (
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Nhập sai 5 lần liền thì chờ 15 phút."
        )

    def test_a_failure_is_counted_although_it_is_refused(self) -> None:
        account = AccountFactory.create()

        with pytest.raises(Invalid):
            services.sign_in(account.login, "sai-mat-khau", now=NOW)

        account.refresh_from_db()
        assert account.failed_count == 1
        assert verbs("people.account", account.pk) == ["account.sign_in_failed"]

    def test_five_failures_lock_for_fifteen_minutes_even_the_right_password(self) -> None:
        account = AccountFactory.create()
        for _ in range(5):
            with pytest.raises(Invalid):
                services.sign_in(account.login, "sai-mat-khau", now=NOW)

        with pytest.raises(Invalid):
            services.sign_in(account.login, PASSWORD, now=NOW + timedelta(minutes=14, seconds=59))

        opened = services.sign_in(account.login, PASSWORD, now=NOW + timedelta(minutes=15))
        assert opened == account.person_id
        assert verbs("people.account", account.pk) == [
            *["account.sign_in_failed"] * 4,
            "account.locked",
            "account.sign_in_refused",
            "account.signed_in",
        ]

    def test_success_forgives_the_failures_before_it(self) -> None:
        account = AccountFactory.create(failed_count=4)

        services.sign_in(account.login, PASSWORD, now=NOW)
        with pytest.raises(Invalid):
            services.sign_in(account.login, "sai-mat-khau", now=NOW)

        account.refresh_from_db()
        assert (account.failed_count, account.locked_until) == (1, None)

    def test_a_closed_account_stays_closed(self) -> None:
        account = AccountFactory.create(is_active=False)

        with pytest.raises(Invalid):
            services.sign_in(account.login, PASSWORD, now=NOW)


class TestKeptByTheDatabase:
    @pytest.mark.parametrize("broken", [{"pid": "123"}, {"sex": "X"}, {"name": ""}])
    def test_a_person_cannot_be_broken(self, broken: dict[str, str]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonFactory.create(**broken)

    @pytest.mark.parametrize(
        "broken", [{"password": "plain"}, {"login": "Có Dấu"}, {"failed_count": -1}]
    )
    def test_an_account_cannot_be_broken(self, broken: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            AccountFactory.create(**broken)
