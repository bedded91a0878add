"""Faults as people make them, one in a file, each with the rule that reports it."""

from collections.abc import Callable
from copy import deepcopy

from layout import written
from world import Data


def is_spoilt(number: int, percent: int) -> bool:
    """Tell whether the claim of that number is among those that are spoilt."""
    return (number * 37 + 11) % 100 < percent


def spoilt(number: int, data: Data, content: str) -> tuple[str, str]:
    """Return a rule, and the content of a claim's file with a fault that this rule reports and no other."""
    begin = int(number * 0.6180339887498949 % 1 * len(_FAULTS))
    for rule, spoil in (*_FAULTS[begin:], *_FAULTS):
        wrong = spoil(deepcopy(data), content)
        if wrong is not None:
            return rule, wrong if isinstance(wrong, str) else written("claim", "../../../", wrong)
    raise ValueError(f"no fault suits {data['id']}")


def _unknown_key(data: Data, _: str) -> Data:
    return {**data, "importance": "high"}


def _unknown_word(data: Data, _: str) -> Data:
    return {**data, "kind": "quantities"}


def _missing_key(data: Data, _: str) -> Data:
    del data["statement"]
    return data


def _no_such_day(data: Data, _: str) -> Data | None:
    if "reviews" not in data:
        return None
    data["reviews"][0]["decided"] = "2024-02-30"
    return data


def _short_digest(data: Data, _: str) -> Data:
    data["anchors"][0]["sha256"] = data["anchors"][0]["sha256"][:-1]
    return data


def _quoted_number(data: Data, _: str) -> Data:
    data["anchors"][0]["start"] = str(data["anchors"][0]["start"])
    return data


def _no_such_source(data: Data, _: str) -> Data | None:
    if "evidence" not in data:
        return None
    data["evidence"][-1]["source"] += "-bis"
    return data


def _no_such_agent(data: Data, _: str) -> Data | None:
    if "speaker" not in data["attribution"]:
        return None
    data["attribution"]["speaker"] += "-bis"
    return data


def _no_such_evidence(data: Data, _: str) -> Data | None:
    if "evidence" not in data.get("reviews", [{}])[-1]:
        return None
    data["reviews"][-1]["evidence"].append("e99")
    return data


def _evidence_twice(data: Data, _: str) -> Data | None:
    if "evidence" not in data:
        return None
    data["evidence"].append(data["evidence"][0])
    return data


def _old_status(data: Data, _: str) -> Data | None:
    return {**data, "status": "unreviewed"} if "reviews" in data else None


def _beyond_the_text(data: Data, _: str) -> Data:
    data["anchors"][-1]["paragraph"] += 10_000
    return data


def _related_to_itself(data: Data, _: str) -> Data:
    return {**data, "related": [data["id"]]}


def _not_closed(_: Data, content: str) -> str:
    return content.replace("\nkind: ", '\nkind: "', 1)


def _key_twice(_: Data, content: str) -> str:
    return content.replace("\nkind: ", "\nkind: event\nkind: ", 1)


def _tab(_: Data, content: str) -> str:
    return content.replace("\n    start: ", "\n\tstart: ", 1)


_FAULTS: tuple[tuple[str, Callable[[Data, str], Data | str | None]], ...] = (
    ("unknown-key", _unknown_key),
    ("yaml-syntax", _not_closed),
    ("unknown-source", _no_such_source),
    ("unknown-word", _unknown_word),
    ("wrong-value", _no_such_day),
    ("missing-key", _missing_key),
    ("duplicate-evidence-id", _evidence_twice),
    ("tab", _tab),
    ("unknown-agent", _no_such_agent),
    ("wrong-value", _short_digest),
    ("status-not-latest-review", _old_status),
    ("duplicate-key", _key_twice),
    ("unknown-evidence", _no_such_evidence),
    ("wrong-type", _quoted_number),
    ("anchor-out-of-range", _beyond_the_text),
    ("unknown-claim", _related_to_itself),
)
