from sauro.cases.picture import Here, Marks, lanes, of_definition, of_process, order, picture
from sauro.cases.picture.flow import Way
from sauro.cases.rules import parse_process
from sauro.cases.tests.factories import DEFAULT

FLOW = of_definition(DEFAULT)
FORKED = {
    "name": "Rẽ nhánh",
    "steps": [
        {"key": "a", "name": "Nhận", "at": "DOOR", "moves": {"HAND_OVER": ["b", "c"]}},
        {"key": "b", "name": "Đo đạc", "at": "UNIT", "moves": {"ADVANCE": "d"}},
        {"key": "c", "name": "Tính thuế", "at": "UNIT", "moves": {"ADVANCE": "e"}},
        {"key": "e", "name": "Nộp thuế", "at": "UNIT", "moves": {"ADVANCE": "d"}},
        {"key": "d", "name": "Tổng hợp", "at": "UNIT", "joins": True, "moves": {"FINISH": ""}},
    ],
}


def test_the_way_runs_on_and_waits_stand_aside() -> None:
    assert [(node.key, node.rank) for node in FLOW.nodes if not node.aside] == [
        ("receive", 0),
        ("hand_over", 1),
        ("appraise", 2),
        ("sign", 3),
        ("stamp", 4),
        ("return", 5),
    ]
    assert [node.key for node in FLOW.nodes if node.aside] == [
        "supplement_at_intake",
        "supplement",
        "payment",
    ]
    assert [(e.source, e.target) for e in FLOW.edges if e.way is Way.BACK] == [
        ("sign", "appraise"),
        ("return", "appraise"),
    ]


def test_a_published_process_and_its_data_have_the_same_picture() -> None:
    process = parse_process(1, "dossier.default", 1, DEFAULT["name"], DEFAULT)

    assert of_process(process) == FLOW


def test_branches_stand_whole_on_rails_of_their_own() -> None:
    plan = order.rails(of_definition(FORKED))

    assert [node.key for node in plan.rows] == ["a", "b", "c", "e", "d"]
    assert dict(plan.rail) == {"a": 0, "b": 0, "c": 1, "e": 1, "d": 0}


def test_no_two_boxes_touch() -> None:
    for definition in (DEFAULT, FORKED):
        spots = list(lanes.plan(of_definition(definition)).spots.values())
        for n, one in enumerate(spots):
            for other in spots[n + 1 :]:
                apart_x = abs(one.x - other.x) >= lanes.BOX
                assert apart_x or abs(one.y - other.y) >= lanes.HIGH


def test_the_picture_says_where_a_case_is() -> None:
    marks = Marks(
        done={"receive": "23/11, 8:40"},
        open={"appraise": Here(who="Ông Trần Quốc Bảo", due="trễ 1 ngày", late=True)},
    )

    drawn = str(picture(FLOW, marks))

    assert drawn.count("<svg") == 2
    assert "Đang ở bước Thẩm định, Ông Trần Quốc Bảo." in drawn
    assert 'data-l="Hồ sơ này">đang làm, Ông Trần Quốc Bảo, trễ 1 ngày<' in drawn
    assert 'data-l="Hồ sơ này">xong 23/11, 8:40<' in drawn
    assert "p-step p-open p-late" in drawn
    assert "style=" not in drawn


def test_words_in_a_picture_are_never_markup() -> None:
    hostile = {"steps": [{"key": "a", "name": "<script>x</script>", "moves": {"A": ""}}]}

    assert "<script>" not in str(picture(of_definition(hostile)))


def test_a_broken_draft_still_has_a_picture() -> None:
    broken = {
        "steps": [
            {"key": "a", "moves": {"ADVANCE": "gone"}},
            {"key": "b", "name": "Lạc", "moves": {"ADVANCE": "b"}},
        ]
    }

    assert "Lạc" in picture(of_definition(broken))
    assert "<svg" in picture(of_definition({"steps": []}))
