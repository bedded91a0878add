"""Make a clean data set of any size, the same at every call: N claims of about 2.3 kB, and what they need around them.

    python benchmarks/generate.py 10000 DIR
    python benchmarks/generate.py 10000 DIR --faulty 1

The claims are in DIR/claims, the texts of the articles in DIR/text. With --faulty, so many of a hundred claims have
one fault each, and DIR/faults.json names for each such file the rule that is to report it, once.
"""

import argparse
import json
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from article import Share, article, shares
from faults import is_spoilt, spoilt
from layout import written
from world import Data, World, agent, reviewers, source, world


def main() -> None:
    """Read the command line, write the data set, and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=int, metavar="N")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--faulty", type=int, default=0, metavar="PERCENT", help="spoil that many of a hundred claims")
    given = parser.parse_args()
    faults = generate(given.claims, given.folder, given.faulty)
    print(f"{given.claims:,} claims in {given.folder / 'claims'}, {len(faults):,} of them with one error each")


def generate(claims: int, folder: Path, faulty: int = 0) -> dict[str, str]:
    """Write a data set to a folder; return which rule is to report which file."""
    here, root = world(claims), folder / "claims"
    _each(root / "agents", "agent", (reviewers(), *map(agent, range(here.agents))))
    _each(root / "sources", "source", map(source, range(here.sources)))
    (folder / "text").mkdir(parents=True, exist_ok=True)
    one = partial(_article, here, folder, faulty)
    with ProcessPoolExecutor() as pool:
        faults = {name: rule for each in pool.map(one, shares(claims), chunksize=4) for name, rule in each.items()}
    if faulty:
        (folder / "faults.json").write_text(json.dumps(faults, indent=2) + "\n", encoding="utf-8")
    return faults


def _each(folder: Path, kind: str, records: Iterable[Data]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for data in records:
        _write(folder / f"{data['id']}.yaml", written(kind, "../../", data))


def _article(here: World, folder: Path, faulty: int, share: Share) -> dict[str, str]:
    made, faults = article(share, here), {}
    below = folder / "claims" / "articles" / made.data["id"]
    below.mkdir(parents=True, exist_ok=True)
    _write(folder / "text" / f"{made.data['id']}.txt", made.text)
    _write(below / "article.yaml", written("article", "../../../", made.data))
    for number, (name, data) in enumerate(made.claims.items(), share.first):
        content = written("claim", "../../../", data)
        if is_spoilt(number, faulty):
            rule, content = spoilt(number, data, content)
            faults[f"articles/{below.name}/{name}"] = rule
        _write(below / name, content)
    return faults


def _write(file: Path, content: str) -> None:
    with open(file, "wb") as stream:  # noqa: PTH123 - twice as fast as write_text, which tells at a million files
        stream.write(content.encode())


if __name__ == "__main__":
    main()
