import pytest

from sauro.procedures.rules import acts


@pytest.mark.parametrize(
    ("asked", "right", "wrong"),
    [
        ("gia han tam tru", "Gia hạn tạm trú", "Đăng ký tạm trú"),
        ("lam lai giay phep xay dung bi rach", "Cấp lại giấy phép xây dựng", "Cấp giấy phép"),
        ("xoa tam tru", "Xóa đăng ký tạm trú", "Đăng ký tạm trú"),
        ("khai thue ban dat", "Khai thuế TNCN", "Đăng ký biến động"),
        ("ket hon voi nguoi nuoc ngoai", "Kết hôn có yếu tố nước ngoài", "Đăng ký kết hôn"),
    ],
)
def test_a_name_without_the_act_that_was_asked_for_is_worth_less(
    asked: str, right: str, wrong: str
) -> None:
    wanted = acts.asked(asked)

    assert acts.worth(wanted, acts.of_name(right)) == 1.0
    assert acts.worth(wanted, acts.of_name(wrong)) < 1.0


@pytest.mark.parametrize("text", ["lam ho chieu mat bao lau", "me toi mat", "doi voi dat o"])
def test_words_that_only_look_like_an_act_are_none(text: str) -> None:
    assert acts.asked(text) == ()
