"""Side by side, in one run: a whole check against loops that only read and hold to the schema, with usual libraries.

    python benchmarks/compare.py [CLAIMS] [ROUNDS]

Prints the best time of each in seconds, and how many times that of `claimbook check` it is. The loops do less: no rule,
no link followed, no place known. The machine is noisy, so read the ratios.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml
import yaml12
from generate import generate
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from validator import schema
from validator.record import kind_of, read

Loader = Callable[[str], Any]


def main(claims: int, rounds: int) -> None:
    """Generate the data, time everything in turn, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = (Path(folder) / "claims").resolve()
        generate(claims, root)
        files = sorted(root.rglob("*.yaml"))
        print(f"{len(files):,} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB, best of {rounds}")
        best: dict[str, float] = {}
        for _ in range(rounds):
            for name, run in contenders(root, files):
                begin = time.perf_counter()
                run()
                best[name] = min(best.get(name, 1e9), time.perf_counter() - begin)
        unit = best["claimbook check, one process"]
        for name, seconds in sorted(best.items(), key=lambda item: item[1]):
            print(f"{seconds:8.2f} s  {seconds / unit:6.2f} x  {name}")


def contenders(root: Path, files: list[Path]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield each way with its name; whole commands run as processes, start-up included."""
    yield "claimbook check, one process", lambda: claimbook(root, "--jobs", "1")
    yield "claimbook check, two processes", lambda: claimbook(root, "--jobs", "2")
    kinds = {file: kind_of(file, root) for file in files}
    quick = {kind: jsonschema_rs.Draft202012Validator(schema.decided(kind)) for kind in set(kinds.values()) if kind}
    plain = {kind: Draft202012Validator(schema.decided(kind)) for kind in quick}
    ruamel = YAML(typ="safe", pure=True)

    def loop(load: Loader, validators: dict[Any, Any]) -> Callable[[], None]:
        def run() -> None:
            for file in files:
                if not validators[kinds[file]].is_valid(load(file.read_text(encoding="utf-8"))):
                    raise SystemExit(f"{file} is not valid")

        return run

    # Dates stay text, as they do here: a loader that makes objects of them fails the schema.
    text_only = type("TextOnly", (yaml.CSafeLoader,), {"yaml_implicit_resolvers": {}})
    yield "loop: py-yaml12, jsonschema-rs", loop(yaml12.parse_yaml, quick)
    yield "loop: reading the bytes only", lambda: [file.read_bytes() for file in files] and None
    yield (
        "loop: PyYAML in C without its resolvers (no schema)",
        lambda: [yaml.load(file.read_bytes(), text_only) for file in files] and None,
    )
    yield (
        "loop: PyYAML in C (no schema)",
        lambda: [yaml.load(file.read_bytes(), yaml.CSafeLoader) for file in files] and None,
    )
    few = files[:: max(1, len(files) // 500)]
    yield f"loop: ruamel.yaml safe (no schema), {len(few)} files", lambda: [ruamel.load(file) for file in few] and None
    yield (
        f"our explaining lane, {len(few)} files",
        lambda: [schema.problems(record(file, kinds[file])) for file in few] and None,
    )
    yield (
        f"loop: py-yaml12, jsonschema, {len(few)} files",
        lambda: (
            [plain[kinds[file]].is_valid(yaml12.parse_yaml(file.read_text(encoding="utf-8"))) for file in few] and None
        ),
    )


def record(file: Path, kind: Any) -> Any:
    """Read a file the explaining way."""
    from validator.record import Record

    tree, problems = read(file, file.read_bytes())
    assert tree, problems
    return Record(file, kind, tree.value)


def claimbook(root: Path, *options: str) -> None:
    """Run `claimbook check` as a process of its own."""
    command = [
        sys.executable,
        "-m",
        "validator",
        "check",
        str(root),
        "--today",
        "2026-01-01",
        "--format",
        "json",
        *options,
    ]
    done = subprocess.run(command, capture_output=True, check=True)
    if json.loads(done.stdout)["findings"]:
        raise SystemExit("the generated data are not clean")


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    main(*(numbers + [10_000, 3][len(numbers) :]))
