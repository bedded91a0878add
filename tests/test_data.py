"""The shipped data set: clean, complete as far as it says, and without the words of the article."""

import re
import subprocess
from collections.abc import Iterator

import pytest
from conftest import REPOSITORY, TEXTS, needs_text

from validator import counts
from validator.check import check, sound
from validator.check.outcome import Outcome
from validator.dataset import Dataset

ARTICLE = "bne-2021-12-08"
MOST = 15  # words of the article that may stand in a row, in a fragment or in what was searched for


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return check([REPOSITORY / "claims"], TEXTS if TEXTS.is_dir() else None)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return sound(REPOSITORY / "claims")


def test_the_shipped_data_have_neither_errors_nor_warnings(outcome: Outcome) -> None:
    assert outcome.findings == []


@needs_text
def test_the_shipped_data_were_compared_with_the_text(outcome: Outcome) -> None:
    assert outcome.compared == {ARTICLE: True}


def test_less_than_a_tenth_of_the_text_is_excluded(dataset: Dataset) -> None:
    data = dataset.articles[ARTICLE].data
    excluded = sum(each["end"] - each["start"] for each in data["excluded"])
    assert excluded < 0.1 * data["text"]["characters"]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(listed: list[str]) -> Iterator[tuple[str, ...]]:
    yield from zip(*(listed[start:] for start in range(MOST + 1)), strict=False)


@needs_text
def test_no_file_of_the_repository_has_words_of_the_article() -> None:
    """Addresses are no exception: a letter of the article's own is escaped, which leads to the same place."""
    text = (TEXTS / f"{ARTICLE}.txt").read_text(encoding="utf-8")
    forbidden = set(runs(words(text)))
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True)
    files = [REPOSITORY / name for name in listed.stdout.decode().split("\0") if name]
    read = {file: file.read_text(encoding="utf-8") for file in files if file.is_file() and file.suffix != ".png"}
    copied = [str(file) for file, content in read.items() if forbidden.intersection(runs(words(content)))]
    assert copied == []


def test_the_counts_in_the_readme_of_the_data_are_those_of_the_data(dataset: Dataset) -> None:
    text = (REPOSITORY / "claims" / "README.md").read_text(encoding="utf-8")
    assert counts.replaced(text, counts.counts(dataset)) == text, "run claimbook counts --write claims/README.md"


def test_every_file_that_the_readmes_link_to_is_there() -> None:
    for readme in (REPOSITORY / "README.md", REPOSITORY / "claims" / "README.md"):
        text = " ".join(readme.read_text(encoding="utf-8").split())
        for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", text):
            assert (readme.parent / link).exists(), link
