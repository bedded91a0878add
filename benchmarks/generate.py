"""Make a clean data set of any size: N claims of about 2.3 kB, two hundred to an article.

python benchmarks/generate.py 10000 DIR
"""

import hashlib
import sys
from pathlib import Path

PER_ARTICLE = 200
WIDTH = 90  # characters of the text that belong to one claim

CLAIM = """\
# yaml-language-server: $schema=../../../schema/claim.schema.json
id: {article}-{number:03}
statement: >-
  In the year {year} the ferry of line {number} carried {count} passengers between the harbours of
  Northport and Eastholm, counted at both landing stages.
kind: quantity
anchors:
  - paragraph: {paragraph}
    start: {start}
    end: {end}
    sha256: {digest}
fragment: passengers on line {number}
attribution:
  mode: indirect-quotation
  speaker: northport-authority
  via:
    - harbour-news
  said: 2024-04-30
  stance: reports
  status: confirmed
  evidence:
    - e1
status: supported
evidence:
{evidence}reviews:
  - decided: 2024-05-03
    as_of: 2024-05-01
    reviewer: maintainers
    status: supported
    accuracy: 4
    faults:
      - missing-context
    confidence: medium
    rationale: >-
      The count of the port authority for line {number} is within two passengers of the number that is
      given, and the newspaper of the day has the same. Neither says whether crews were counted.
    evidence:
      - e1
      - e2
  - decided: 2025-05-03
    as_of: 2025-05-01
    reviewer: maintainers
    status: supported
    accuracy: 4
    faults:
      - missing-context
    confidence: high
    rationale: >-
      The yearly report, published since, gives the same number and says that crews are left out.
    evidence:
      - e1
      - e2
      - e3
tags:
  - ferries
  - line-{line}
"""
EVIDENCE = """\
  - id: e{item}
    source: source-{source}
    relation: supports
    finding: >-
      Table {item} of the report has {count} passengers on line {number} in the year {year}, and the note
      below it says at which of the two landing stages they were counted.
    locator: table {item}
"""
SOURCE = """\
id: source-{number}
title: Passengers by line, report {number}
type: report
publisher: Northport Authority
published: 2024-05-01
url: https://port.example/reports/{number}
language: en
tier: primary
access: full
accessed: 2024-05-02
"""
AGENT = "id: {id}\ntype: organization\nname: {name}\n"
AGENTS = {"northport-authority": "Northport Authority", "harbour-news": "Harbour News", "maintainers": "The reviewers"}


def generate(claims: int, root: Path) -> None:
    """Write a data set with that many claims below root, which should not be there yet."""
    for id_, name in AGENTS.items():
        write(root / "agents" / f"{id_}.yaml", AGENT.format(id=id_, name=name))
    sources = max(3, claims // 20)
    for number in range(sources):
        write(root / "sources" / f"source-{number}.yaml", SOURCE.format(number=number))
    for first in range(0, claims, PER_ARTICLE):
        article(root, first // PER_ARTICLE, min(PER_ARTICLE, claims - first), sources)


def article(root: Path, index: int, claims: int, sources: int) -> None:
    """Write an article of ten claims to a paragraph, and its claims."""
    name = f"harbour-{index:05}"
    paragraphs = [text(name, number, min(10, claims - 10 * number)) for number in range((claims + 9) // 10)]
    whole = "\n".join(paragraphs)
    lines = [f"id: {name}", "headline: Ferries fill up again", f"url: https://harbour.example/{index}"]
    lines += ["publisher: harbour-news", "published: 2024-05-01", "language: en", "genre: news", "text:"]
    lines += ["  normalization: nfc-lines", f"  characters: {len(whole)}", f"  sha256: {digest(whole)}", "paragraphs:"]
    for number, paragraph in enumerate(paragraphs, 1):
        lines += [f"  - number: {number}", f"    characters: {len(paragraph)}"]
        lines += [f"    sha256: {digest(paragraph)}", "    role: body"]
    folder = root / "articles" / name
    write(folder / "article.yaml", "\n".join(lines) + "\n")
    for number in range(1, claims + 1):
        paragraph, place = divmod(number - 1, 10)
        start = place * WIDTH
        words = paragraphs[paragraph][start : start + WIDTH]
        items = [
            EVIDENCE.format(
                item=n,
                source=(index * PER_ARTICLE + number * 3 + n) % sources,
                count=number * 37,
                number=number,
                year=2024,
            )
            for n in (1, 2, 3)
        ]
        claim = CLAIM.format(
            article=name, number=number, year=2000 + index % 25, count=number * 37, line=number % 50,
            paragraph=paragraph + 1, start=start, end=start + len(words), digest=digest(words), evidence="".join(items),
        )  # fmt: skip
        write(folder / f"{number:03}-line-{number}.yaml", claim)


def text(name: str, paragraph: int, claims: int) -> str:
    """Return the text of a paragraph: each claim has the same number of characters in it."""
    said = (f"There were passengers on line {10 * paragraph + place + 1} of {name} " for place in range(claims))
    return "".join(words.ljust(WIDTH, "x") for words in said)


def digest(words: str) -> str:
    """Return the SHA-256 of some text."""
    return hashlib.sha256(words.encode()).hexdigest()


def write(file: Path, content: str) -> None:
    """Write a file, making its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]) / "claims")
