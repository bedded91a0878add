"""Web addresses in records: what is said of a wrong one, what `--fix` makes of it, and which two are one page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.address import fault, page, same
from validator.cli import main
from validator.record.tree import parse

SOURCE = """id: {id}
title: Fares of the Northport ferry
type: webpage
publisher: Northport Authority
url: "{url}"
language: en
tier: primary
access: unseen
"""
BEGINS = "a web address that begins with https:// or http://"

GOOD = [
    "https://ferry.example:/",
    "https://ferry.example:65535/a",
    "https://ferry_line.example./%7e?a%5B%5D",
    "http://192.0.2.1/",
    "http://[2001:db8::1]:8080/",
    "https://XN--80AKHBYKNJ4F.example/",
    "https://xn--i-7iq.example/",
    "https://ferry.example/a,b;c=(1)!*'$&+@:?d=/?#e/?",
    f"https://{'a' * 63}.example/",
]
# What stands in a file, what is expected in its place, and what --fix makes of it where nobody has to judge.
WRONG = [
    ("https://ferry.example/Порт", '"Порт" percent-encoded as %D0%9F%D0%BE%D1%80%D1%82, as in ', "https://ferry.example/%D0%9F%D0%BE%D1%80%D1%82"),
    ("https://ferry.example/a?q=[1|2]", '"[" percent-encoded as %5B, "|" percent-encoded as %7C, "]" percent-encoded as %5D, as in ', "https://ferry.example/a?q=%5B1%7C2%5D"),
    ("https://ferry.example/a b%20c", "a space percent-encoded as %20, as in ", "https://ferry.example/a%20b%20c"),
    ("https://ferry.example/a#b#c", '"#" percent-encoded as %23, as in ', "https://ferry.example/a#b%23c"),
    ("https://ferry.example/{a}", '"{" percent-encoded as %7B, "}" percent-encoded as %7D, as in ', "https://ferry.example/%7Ba%7D"),
    ("https://fähre.example/ä", 'xn--fhre-loa.example in place of "fähre.example", as the names of hosts are written, as in ', "https://xn--fhre-loa.example/%C3%A4"),
    ("https://ferr%79.example/", 'ferry.example in place of "ferr%79.example", as the names of hosts are written, as in ', "https://ferry.example/"),
    ("HTTPS://ferry.example/", "https:// at its start, as in ", "https://ferry.example/"),
    ("https:/ferry.example/", "https:// at its start, as in ", "https://ferry.example/"),
    ("https//ferry.example/", "https:// at its start, as in ", "https://ferry.example/"),
    ("https:///ferry.example/", "https:// at its start, as in ", "https://ferry.example/"),
    ("https://ferry.example/5%", '"%" percent-encoded as %25', None),
    ("https://ferry.example/a\\\\b", '"\\\\" percent-encoded as %5C', None),
    ("https://ferry.example/\u00a0a", "no character that cannot be seen; delete U+00A0 (no-break space)", None),
    ("https://ferry.example/ https://x.example", "one address; there is another one behind the space", None),
    ("//ferry.example/", "https: or http: before it, as in https://ferry.example/", None),
    ("www.ferry.example", f"{BEGINS}, as in https://www.ferry.example", None),
    ("htps://ferry.example", f'{BEGINS}, not with "htps://"; did you mean https://?', None),
    ("mailto:desk@ferry.example", f'{BEGINS}, not with "mailto:"', None),
    ("javascript:alert(1)", f'{BEGINS}, not with "javascript:"', None),
    ("the port's page", f"{BEGINS}, such as https://harbour.example/ferries-fill-up", None),
    ("http://https://ferry.example", "http:// once; delete one of its two beginnings", None),
    ("https://", "the name of a host behind the slashes, such as harbour.example", None),
    ("https://desk:secret@ferry.example", 'the host behind the slashes; delete "desk:secret@", which hides where the address leads', None),
    ("https://ferry.example:65536/", 'a port from 1 to 65535 behind the host, not "65536"', None),
    ("https://ferry.example:0/", 'a port from 1 to 65535 behind the host, not "0"', None),
    ("https://ferry.example:\uff18\uff10/", 'a port from 1 to 65535 behind the host, not "\uff18\uff10"', None),
    ("https://ferry..example/", 'a host without empty parts: "ferry..example" has a dot too many', None),
    ("https://the ferry.example/", 'a host of letters, digits, hyphens and dots: "the ferry.example" has a space', None),
    (f"https://{'a' * 64}.example/", "a host whose parts have at most 63 characters, not 64", None),
    (f"https://{'a.' * 150}example/", "a host of at most 253 characters, not 307", None),
    ("https://xn--a.example/", 'a host that can be: "xn--a" stands for no letters (Punycode, UTS 46)', None),
    ("https://192.0.2.256/", 'a host that can be: "192.0.2.256" looks like an IP address and is none', None),
    ("http://[::g]/", 'an IPv6 address in the brackets, such as [2001:db8::1], not "[::g]"', None),
]  # fmt: skip


def record(folder: Path, number: int, url: str) -> Path:
    file = folder / "claims" / "sources" / f"page-{number}.yaml"
    file.write_text(SOURCE.format(id=file.stem, url=url), encoding="utf-8")
    return file


def test_a_wrong_address_is_told_what_is_wrong_and_the_way_out(example: Path, report: Callable[..., str]) -> None:
    for number, url in enumerate([each for each, _, _ in WRONG] + GOOD, 100):
        record(example, number, url)

    lines = report("claims", "--ignore", "orphan-source").splitlines()

    assert [line.partition(", expected ")[2] for line in lines] == [
        f"{expected}{fixed if expected.endswith(' as in ') else ''} [wrong-value]" for _, expected, fixed in WRONG
    ]
    assert all(
        f"claims/sources/page-{number}.yaml:5:6: error: found " in line for number, line in enumerate(lines, 100)
    )


def test_fix_escapes_what_can_mean_one_thing_only(example: Path) -> None:
    files = [record(example, number, url) for number, (url, _, _) in enumerate(WRONG)]
    main(["check", "claims", "--fix"])
    left = [parse(file, file.read_text(encoding="utf-8"))[0].value["url"] for file in files]
    assert left == [meant or url.replace("\\\\", "\\") for url, _, meant in WRONG]
    once = [file.read_bytes() for file in files]
    main(["check", "claims", "--fix"])
    assert [file.read_bytes() for file in files] == once


# In each line the addresses are one page.
SAME = [
    ["https://ru.example/wiki/%D0%9F", "http://www.RU.example:80/wiki/%d0%9f/", "https://ru.example:443/wiki/%D0%9F?#top"],
    ["https://ferry.example/~joe", "https://ferry.example/%7Ejoe#:~:text=fares", "https://ferry.example/a/.././%7ejoe"],
    ["https://ferry.example/a_(port)", "https://ferry.example/a_%28port%29?utm_source=x&fbclid=y&_ga=z"],
    ["https://ferry.example/a?b=1&c=%2f", "https://ferry.example/a?c=/&b=1&&gclid=2"],
    ["https://xn--fhre-loa.example/", "http://XN--FHRE-LOA.example."],
    ["https://ferry.example/old", "https://web.archive.org/web/20240501000000/http://ferry.example/old",
     "http://archive.ph/2024.05.01-101112/https://www.ferry.example/old?utm_id=1#a",
     "https://webarchive.nationalarchives.gov.uk/ukgwa/20240501000000id_/https://ferry.example/old"],
    ["https://ferry.example/#/fares", "https://ferry.example#/fares"],
]  # fmt: skip
OTHER = [
    "https://ferry.example/", "https://ferry.example/A", "https://ferry.example/a", "https://ferry.example/a?b=1",
    "https://ferry.example/a?b=%FF", "https://ferry.example/a?b=%FE", "https://ferry.example/a%2Fb", "https://ferry.example/a/b",
    "http://ferry.example:443/a", "https://ferry.example/#/a", "https://ferry.example/#!a", "https://archive.ph/aBcDe",
    "https://web.archive.org/about", "https://ferry.example/a?gclidx=1",
]  # fmt: skip


def test_addresses_of_one_page_are_reported_however_they_are_written(example: Path, report: Callable[..., str]) -> None:
    expected, number = [], 100
    for first, *others in [*SAME, *([each] for each in OTHER)]:
        message = f"found the address of the source page-{number} again, expected another; keep one of the two"
        for place, each in enumerate([first, *others], number):
            record(example, place, each)
        numbers = range(number + 1, number + 1 + len(others))
        expected += [f"claims/sources/page-{each}.yaml:5:6: error: {message} [duplicate-source]" for each in numbers]
        number += 1 + len(others)
    assert report("claims", "--ignore", "orphan-source").splitlines() == expected


@pytest.mark.parametrize(
    "text", ["", ":", "http://[", "http://:x@:y:z", "//", "%", "\ud800", "http://xn--a/", "?&=&", "a" * 9999]
)
def test_of_any_text_it_can_be_asked_what_page_it_is(text: str) -> None:
    assert isinstance(page(text), str)


TOKENS = [*"/:?#%@[].&=é \\", "http", "HTTPS:", "//", "xn--", "%2e", "%zz", "www.", "a.example", "0x1", ":80", ":99999"]
TOKENS += ["https://web.archive.org/web/2021/", "\u3002", "\ud800"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=12).map("".join), st.sampled_from(["", "https://", "http://www."]))
def test_what_an_address_is_mended_to_is_one_and_both_ways_to_its_page_end_there(text: str, begin: str) -> None:
    found = fault(begin + text)
    assert not found or not found.meant or not fault(found.meant)
    assert page(begin + text) == same.page(begin + text)
