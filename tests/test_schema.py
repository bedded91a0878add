"""The schemas are a contract with editors and other validators too: they must hold without our code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from case import CASES, lay_out, read_case
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from validator.laws import laws
from validator.record import KINDS, Kind, kind_of
from validator.record.tree import parse
from validator.schema import load, matcher

Schema = dict[str, Any]


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Every subschema that stands for a value, with its path."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            inside = f"{path}/{key}"
            if key in ("properties", "$defs"):
                for name, part in value.items():
                    yield f"{inside}/{name}", part
                    yield from parts(part, f"{inside}/{name}")
            elif key == "items":
                yield inside, value
                yield from parts(value, inside)


def resolved(schema: Schema, part: Schema) -> Schema:
    target = part.get("$ref", "").removeprefix("#/$defs/")
    return {**schema["$defs"][target], **part} if target else part


def patterns() -> list[str]:
    """Every pattern in the schemas, whatever stands around it."""

    def found(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict) and isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        if isinstance(schema, dict | list):
            for part in schema.values() if isinstance(schema, dict) else schema:
                yield from found(part)

    return sorted({pattern for kind in KINDS for pattern in found(load(kind))})


EVERY = [(kind, path, part) for kind in KINDS for path, part in parts(load(kind))]
ids = [f"{kind}{path}" for kind, path, _ in EVERY]


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid_versioned_and_closed(kind: Kind) -> None:
    schema = load(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:claimbook:schema:1:{kind}"
    for _, part in [("", schema), *parts(schema)]:
        assert part.get("type") != "object" or part["unevaluatedProperties"] is False


@pytest.mark.parametrize(("kind", "path", "part"), EVERY, ids=ids)
def test_every_property_has_a_description_and_an_example_that_satisfies_it(kind: Kind, path: str, part: Schema) -> None:
    schema = load(kind)
    whole = resolved(schema, part)
    assert whole["description"].endswith(".")
    judge = Draft202012Validator({**whole, "$defs": schema["$defs"]}, format_checker=FormatChecker())
    assert whole["examples"]
    for example in whole["examples"]:
        judge.validate(example)


@pytest.mark.parametrize(("kind", "path", "part"), EVERY, ids=ids)
def test_every_word_of_a_list_is_defined(kind: Kind, path: str, part: Schema) -> None:
    if "enum" in part and "CSL" not in part["title"]:
        assert len(part["enumDescriptions"]) == len(part["enum"])
        assert all(description.endswith(".") for description in part["enumDescriptions"])


def test_what_several_schemas_define_is_the_same_in_each() -> None:
    first: dict[str, Schema] = {}
    for kind in KINDS:
        for name, part in load(kind)["$defs"].items():
            assert first.setdefault(name, part) == part


def test_parts_left_to_rules_name_a_rule() -> None:
    named = {part["x-rule"] for kind in KINDS for part in conditional(load(kind))}
    assert named
    assert named <= set(laws())


def conditional(schema: Any) -> Iterator[Schema]:
    children = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and "x-rule" in schema:
        yield schema
    for child in children:
        yield from conditional(child)


LEFT_TO_RULES = sorted({part["x-rule"] for kind in KINDS for part in conditional(load(kind))})


@pytest.mark.parametrize("rule", LEFT_TO_RULES)
def test_a_rule_and_the_part_of_the_schema_that_is_left_to_it_agree(rule: str, tmp_path: Path) -> None:
    for file in sorted((CASES / rule).glob("*.txt")):
        case, place = read_case(file), tmp_path / file.stem
        lay_out(case, place)
        assert accepts_all(place / "claims") is (case.expected == ""), file


def accepts_all(root: Path) -> bool:
    return all(accepts(file, root) for file in root.glob("**/*.yaml"))


def accepts(file: Path, root: Path) -> bool:
    kind = kind_of(file, root)
    assert kind
    tree, _ = parse(file, file.read_text(encoding="utf-8"))
    assert tree
    return Draft202012Validator(load(kind), format_checker=FormatChecker()).is_valid(tree.value)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("article", "published", "2021-02-30"),
        ("article", "url", "https://harbour.example/a b"),
        ("article", "url", "ftp://harbour.example/a"),
        ("source", "published", "2021-13"),
        ("source", "published", "0000"),
        ("source", "published", "0000-05"),
        ("source", "published", "10000"),
        ("source", "published", "2021-02-30"),
        ("agent", "type", "robot"),
    ],
)
def test_formats_are_really_checked(kind: Kind, key: str, value: str) -> None:
    part = resolved(load(kind), load(kind)["properties"][key])
    assert not Draft202012Validator(part, format_checker=FormatChecker()).is_valid(value)


ENDS = st.sampled_from(
    ["", "\n", "\n\n", " ", "\u00a0", "\u3000", "\u202f", "\u0660", "\u212a", "\u017f", "\uff11", "é", "1", "x"]
)


@pytest.mark.parametrize("pattern", patterns())
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_both_lanes_mean_by_a_pattern_what_ecma_262_means(pattern: str, data: st.DataObject) -> None:
    compiled = jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
    middle = data.draw(st.from_regex(pattern, fullmatch=True) | st.text(max_size=5), label="text")
    text = data.draw(ENDS) + middle.removesuffix("\n") + data.draw(ENDS)
    # What no file can hold is left out: on carriage returns and line separators the libraries differ.
    text = re.sub("[\r\u2028\u2029\ud800-\udfff]", "", text)
    assert bool(matcher(pattern).search(text)) == compiled.is_valid(text)
    assert not text.endswith("\n") or not pattern.endswith("$") or not compiled.is_valid(text)


GOOD_TAGS = (
    "en", "tlh", "zh-Hant", "zh-Hant-TW", "zh-cmn-Hans-CN", "es-419", "sl-rozaj-biske-1994", "ca-ES-valencia", "de-CH-1901",
    "en-GB-oed", "i-klingon", "sgn-BE-FR", "art-lojban", "zh-min-nan", "en-US-u-islamcal", "de-a-value-b-more", "en-x-us",
    "x-whatever", "hy-Latn-IT-arevela", "qaa-Qaaa-QM-x-southern",
)  # fmt: skip
BAD_TAGS = (
    "english", "en_GB", "EN", "en-gb", "zh-hant", "e", "en-", "en--GB", "en-GB-GB", "i-x", "en-a", "x", "de-419-DE", "",
)  # fmt: skip


def judge_of(kind: Kind, key: str) -> Draft202012Validator:
    schema = load(kind)
    return Draft202012Validator({**schema["properties"][key], "$defs": schema["$defs"]})


@pytest.mark.parametrize("kind", ["article", "source"])
def test_every_well_formed_language_tag_is_one(kind: Kind) -> None:
    judge = judge_of(kind, "language")
    assert [tag for tag in GOOD_TAGS if not judge.is_valid(tag)] == []
    assert [tag for tag in BAD_TAGS if judge.is_valid(tag)] == []


@pytest.mark.parametrize("kind", ["article", "source", "agent"])
def test_no_id_is_the_name_of_a_device(kind: Kind) -> None:
    judge = judge_of(kind, "id")
    ids = ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9", "console", "com10", "com", "lpt", "prn-agent"]
    assert [each for each in ids if judge.is_valid(each)] == ["console", "com10", "com", "lpt", "prn-agent"]
