"""Definitions of processes for tests: a way with four branches, and single steps to change."""

from typing import Any


def step(key: str, moves: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a step with everything it needs; own values win."""
    return {
        "key": key,
        "name": key.capitalize(),
        "work": f"Làm {key}",
        "citizen_work": f"Đang làm {key}",
        "post": "SPECIALIST",
        "at": "UNIT",
        "product": f"Kết quả {key}",
        **({} if "term" in more else {"share": 10}),
        "moves": moves,
        **more,
    }


def waiting(key: str, moves: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a step that waits for the citizen for up to 30 working days."""
    given = {"kind": "WAIT", "party": "CITIZEN", "pause": "RESUME", "post": "CLERK", "at": "DOOR"}
    return step(key, moves, **{**given, "term": {"value": 30, "unit": "WORKING_DAY"}, **more})


def land(**changed: dict[str, Any]) -> dict[str, Any]:
    """Return a land process: survey, opinion, tax and records side by side, then the signature.

    changed: what to change in a step, by its key.
    """
    fork = ["survey", "opinion", "tax", "record"]
    steps = [
        step("receive", {"ACCEPT": "hand_over", "REJECT": ""}, post="CLERK", at="DOOR"),
        step("hand_over", {"HAND_OVER": "check"}, post="CLERK", at="DOOR", share=5),
        step("check", {"ADVANCE": fork, "ASK": "papers", "STOP": ""}, share=20),
        step("survey", {"ADVANCE": "plan"}, kind="VISIT", share=20),
        step("plan", {"ADVANCE": "sign", "SEND_BACK": "survey"}, share=15),
        step(
            "opinion",
            {"ADVANCE": "sign"},
            kind="OPINION",
            silence="ADVANCE",
            term={"value": 3, "unit": "WORKING_DAY"},
        ),
        waiting(
            "tax",
            {"ASK_FEE": "payment"},
            party="OTHER",
            pause="NONE",
            agency="Cơ quan thuế",
            term={"value": 5, "unit": "WORKING_DAY"},
        ),
        waiting("payment", {"PAID": "sign", "STOP": ""}),
        step("record", {"ADVANCE": "sign", "ASK": "record_papers"}),
        waiting("record_papers", {"COMPLETE": "record", "STOP": ""}),
        step("sign", {"ADVANCE": "stamp", "SEND_BACK": "check"}, post="HEAD", joins=True),
        step("stamp", {"FINISH": "return"}, post="STAMP", share=5),
        step("return", {"HAND_BACK": "", "REOPEN": "check"}, post="CLERK", at="DOOR", share=5),
        waiting("papers", {"COMPLETE": "check", "STOP": ""}, pause="RESTART"),
    ]
    return {
        "basis": "Luật Đất đai 2024 (chưa kiểm chứng)",
        "procedures": ["1.012783"],
        "limit": {"value": 20, "unit": "WORKING_DAY"},
        "steps": [{**item, **changed.get(item["key"], {})} for item in steps],
    }
