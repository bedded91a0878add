"""What is left when a call of the operating system fails, or the process is killed: the old or the new content, whole."""

import json
import os
import shutil
import signal
import sqlite3
import threading
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

import pytest
from case import Case, lay_out
from faulty import ERRORS, Run, failing, limited

from validator import counts
from validator.cli import main
from validator.replace import create, drafts

Output = pytest.CaptureFixture[str]
Tree = dict[str, bytes]

TODAY = ["--today", "1873-01-01"]
LETTER = "text/letter-1872-10-04.txt"
MESSY = b"name:   Reform Club\nid: reform-club\ntype: organization # where it began\n"
HEALTH = ["links", "--allow-private", "--per-host-delay", "0"]

COMMANDS = {
    "build": ["build", *TODAY],
    "fmt": ["fmt"],
    "counts --write": ["counts", *TODAY, "--write", "README.md"],
    "new agent": ["new", "agent", "--type", "person", "--name", "Detective Fix"],
    "new article": ["new", "article", "--text", LETTER, "--url", "https://gazette.example/letter"],
    "init": ["init", "facts"],
    "init in a repository": ["init", "begun"],
    "links": HEALTH,
}


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("start"))


def prepare(folder: Path) -> Path:
    """Lay out a data set in which every command has something to do, with what former runs have written."""
    lay_out(Case([], [], ""), folder)
    (folder / LETTER).write_text("A letter to the editor\n\nMr. Fogg is honest.\n", encoding="utf-8")
    (folder / "README.md").write_text(f"{counts.BEGIN}\nold\n{counts.END}\n", encoding="utf-8")
    for record in folder.glob("claims/*s/**/*.yaml"):
        text = record.read_text(encoding="utf-8")
        # Nobody listens there, so that a request is refused at once.
        record.write_text(text.replace("url: https://", "url: http://127.0.0.1:1/"), encoding="utf-8")
    (folder / "begun/.git").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["fmt"]) == 0
        assert main(["build", *TODAY]) == 0
        assert main(["check", *TODAY, "--write-baseline", "baseline.json"]) == 0
        assert main(HEALTH) == 0
    (folder / "claims/agents/reform-club.yaml").write_bytes(MESSY)
    (folder / "claims/sources/station-register.yaml").chmod(0o600)
    source = "id: steamer-list\ntitle: Steamers\ntype: dataset\npublisher: Reform Club\nlanguage: en\nurl: http://127.0.0.1:1/steamers\n"
    (folder / "claims/sources/steamer-list.yaml").write_text(
        f"{source}tier: primary\naccess: unseen\n", encoding="utf-8"
    )
    (folder / "claimbook.toml").write_text('[publication]\ntitle = "Wagers"\n', encoding="utf-8")
    return folder


def tree(folder: Path) -> Tree:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def whole(found: Tree, old: Tree, new: Tree) -> bool:
    """Whether each file is as it was or as it is to be, drafts and the journal of a run that may go on aside."""
    return all(
        content in (old.get(name), new.get(name)) for name, content in found.items() if not _begun(name)
    ) and set(found) >= set(old) & set(new)


def _begun(name: str) -> bool:
    return ".claimbook-" in name or name.endswith(".journal")


class Place:
    """A copy of a data set for each run of a command, and what is expected after it."""

    def __init__(self, start: Path, folder: Path, patch: pytest.MonkeyPatch, arguments: list[str]) -> None:
        self.start, self.folder, self.arguments = start, folder, arguments
        self.old = _comparable(tree(start))
        patch.chdir(folder)
        self.fresh()
        assert main(arguments) == 0
        self.new = self.seen()
        assert self.new != self.old

    def fresh(self) -> None:
        os.chdir(self.folder)
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        shutil.copytree(self.start, self.folder / "data")
        os.chdir(self.folder / "data")

    def seen(self) -> Tree:
        return _comparable(tree(self.folder / "data"))

    def hold(self, run: Run, what: object, *, heard: bool = True) -> None:
        """All is old or new, whole; the message is one line, if it is heard; the next run ends what this one began."""
        assert run.status in (0, 2, 128 + signal.SIGKILL), (what, run)
        told = [line for line in run.said.splitlines() if line.startswith("Error: ")]
        assert not heard or len(told) == (run.status == 2), (what, run)
        assert "Traceback" not in run.said, (what, run)
        assert whole(self.seen(), self.old, self.new), (what, run)
        assert main(self._again()) in (0, 1), (what, run)
        assert self.seen() == self.new, (what, run)

    def _again(self) -> list[str]:
        if Path("link-health.json.journal").exists():
            return [*self.arguments, "--resume"]
        if self.arguments[0] == "new" and set(self.seen()) >= set(self.new):
            return ["new", "claim", "--text", "text", "gazette-1872-10-03", "words that stand nowhere"]
        return self.arguments


def _comparable(found: Tree) -> Tree:
    return {name: _without_times(name, content) for name, content in found.items()}


def _without_times(name: str, content: bytes) -> bytes:
    """A report of links has the time of each answer, and nothing else changes from run to run."""
    if not name.startswith("link-health.json"):
        return content
    kept = [line for line in content.splitlines() if b"checked" not in line and b"milliseconds" not in line]
    return b"\n".join(kept)


# All write in one of three ways; both faults at each call of the others are tried by campaign_faults.py.
BOTH = ("build", "new agent")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_call_fails_or_is_the_last(
    name: str, start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    place = Place(start, tmp_path, monkeypatch, COMMANDS[name])
    for number in count(1):
        if number > 6 and number % 40 and name.startswith("init"):
            continue  # one file after the other is written in the same way
        faults = (ERRORS[number % len(ERRORS)], signal.SIGKILL)
        for fault in faults if name in BOTH else faults[number % 2 :][:1]:
            place.fresh()
            if (run := failing(number, fault, place.arguments)) is None:
                assert number > 4
                return
            place.hold(run, (number, fault))


@pytest.mark.parametrize("name", ["build", "fmt", "counts --write", "new agent", "links"])
def test_a_disk_that_fills_up_leaves_the_old(
    name: str, start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    place = Place(start, tmp_path, monkeypatch, COMMANDS[name])
    for size in (0, 50, 8_192, 400_000)[: 4 if name == "build" else 2]:
        place.fresh()
        run = limited(size, place.arguments)
        assert run.status == 2, run
        place.hold(run, size)


@pytest.mark.parametrize(("name", "asked"), [("build", signal.SIGTERM), ("fmt", signal.SIGINT)])
def test_who_asks_a_command_to_end_finds_no_draft(
    name: str, asked: signal.Signals, start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    place = Place(start, tmp_path, monkeypatch, COMMANDS[name])
    for number in count(1):
        place.fresh()
        if (run := failing(number, asked, place.arguments)) is None:
            return
        assert run.status == 128 + asked, run
        assert whole(place.seen(), place.old, place.new)
        assert not list(Path().rglob(".claimbook-*.draft")), number


@pytest.fixture
def copy(start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A former copy of the site, in a data set from which a new one can be made."""
    monkeypatch.chdir(shutil.copytree(start, tmp_path / "data"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    copy = Path("public")
    copy.mkdir()
    (copy / "index.html").write_text("old", encoding="utf-8")
    (copy / "claimbook.sha256").write_text("0  index.html\n", encoding="utf-8")
    return copy


SITE = ["site", *TODAY, "-o", "public"]


def test_a_site_that_is_killed_leaves_the_former_copy_and_no_draft_for_long(copy: Path, tmp_path: Path) -> None:
    old = tree(copy)
    assert failing(1, signal.SIGKILL, SITE, ("ctypes.dlopen",)).status == 137
    assert tree(copy) == old
    assert len(list(tmp_path.rglob(".claimbook-*.draft"))) == 2
    Path("claims/agents/reform-club.yaml").unlink()
    assert main(SITE) == 1
    assert tree(copy) == old
    assert not list(tmp_path.rglob(".claimbook-*.draft"))


def test_where_names_cannot_change_places_the_former_copy_comes_back(copy: Path) -> None:
    old = tree(copy)
    # The first two put the database in its place; then the former copy goes, and the new one comes.
    assert failing(4, signal.SIGKILL, SITE, ("os.rename",), missing=("ctypes.dlopen",)).status == 137
    assert not copy.exists()
    kept = Path("claims/agents/reform-club.yaml").rename("kept")
    assert main(SITE) == 1
    assert tree(copy) == old
    kept.rename("claims/agents/reform-club.yaml")
    assert failing(4, ERRORS[0], SITE, ("os.rename",), missing=("ctypes.dlopen",)).status == 2
    assert tree(copy) == old


def test_a_draft_that_came_with_the_data_puts_nothing_anywhere(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the folder that a run replaces is put back."""
    monkeypatch.chdir(shutil.copytree(start, tmp_path / "data"))
    for name in ("claims/agents/planted.yaml", "planted"):
        above, _, last = name.rpartition("/")
        former = Path(above, ".claimbook-0123456789abcdef.draft", "former", last)
        former.parent.mkdir(parents=True, exist_ok=True)
        former.write_text("planted", encoding="utf-8")
    for command in (["fmt"], ["build", *TODAY], COMMANDS["new agent"], SITE):
        main(command)
    for name in ("claims/agents/planted.yaml", "planted"):
        assert not Path(name).exists()


def test_drafts_of_a_run_that_lives_stay_and_files_of_others_too(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(start, tmp_path / "data"))
    alike = [".claimbook-0123456789abcdef.draft.txt", ".claimbook-draft", ".claims.db.4711.draft"]
    for name in alike:
        Path(name).mkdir()
    Path(".claimbook-fedcba9876543210.draft").write_text("mine", encoding="utf-8")
    Path(".claimbook-0123456789abcdee.draft").symlink_to(Path("claims").absolute())
    before = tree(Path("claims"))
    dead = Path(".claimbook-0123456789abcdef.draft")
    dead.mkdir()
    with drafts(Path("claims.db")) as [draft]:
        draft.write_bytes(b"by the run that lives")
        assert main(["build", *TODAY]) == 0
        assert draft.read_bytes() == b"by the run that lives"
    assert not dead.exists()
    assert tree(Path("claims")) == before
    assert sorted(each.name for each in Path().glob(".claim*")) == sorted(
        [*alike, ".claimbook-0123456789abcdee.draft", ".claimbook-fedcba9876543210.draft"]
    )


def test_of_two_new_files_with_one_name_the_first_stays(tmp_path: Path) -> None:
    begun = [
        threading.Thread(target=create_or_not, args=(tmp_path / "fix.yaml", bytes([each]) * 9)) for each in b"abcd"
    ]
    for thread in begun:
        thread.start()
    for thread in begun:
        thread.join()
    assert (tmp_path / "fix.yaml").read_bytes() in (b"aaaaaaaaa", b"bbbbbbbbb", b"ccccccccc", b"ddddddddd")
    assert [file.name for file in tmp_path.iterdir()] == ["fix.yaml"]


def create_or_not(file: Path, content: bytes) -> None:
    with suppress(FileExistsError):
        create(file, content)


OTHERS = "choose another name, or remove it first"
ELSEWHERE = "choose another folder for the database, or remove it first"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "-o", "claims/agents/nato.yaml"], "claims/agents/nato.yaml is the place of a record or of the"),
        (["build", "-o", "claims/agents/reviewers.yaml"], "claims/agents/reviewers.yaml is the place of a record"),
        (["build", "-o", "claimbook.toml"], "claimbook.toml is the place of a record or of the settings of the data"),
        (["build", "-o", LETTER], f"{LETTER} is there and is not a database of claimbook; {OTHERS}"),
        (["build", "-o", "thesis.db"], f"thesis.db is there and is not a database of claimbook; {OTHERS}"),
        (["build", "-o", "metadata.json"], "metadata.json is where the metadata of the database go; choose another"),
        (["build", "-o", "mine/claims.db"], f"not the metadata of a database of claimbook; {ELSEWHERE}"),
        (["build", "-o", "pipe"], f"pipe is no ordinary file; {OTHERS}"),
        (["build", "-o", "lost"], f"lost is a link to elsewhere, where nothing is; {OTHERS}"),
        (["build", "-o", "round"], f"round is a link to round, where nothing is; {OTHERS}"),
        (["serve", "--port", "0", "-o", "thesis.db"], "thesis.db is there and is not a database of claimbook"),
        (["links", "-o", "claims/sources/club-record.yaml"], "club-record.yaml is the place of a record"),
        (["links", "-o", "mine/metadata.json"], "mine/metadata.json is there and is not a report of claimbook links"),
        (["check", "--write-baseline", "README.md"], f"README.md is there and is not a baseline; {OTHERS}"),
        (["check", "--write-baseline", "claims/new.yml"], "claims/new.yml is the place of a record or of the settings"),
        (["counts", "-w", "claims/agents/reviewers.yaml"], "reviewers.yaml is the place of a record"),
        (["site", "-o", "claims"], "claims holds what no copy has written, "),
    ],
)
def test_what_is_somebody_elses_is_not_replaced(
    arguments: list[str],
    message: str,
    start: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Output,
) -> None:
    monkeypatch.chdir(shutil.copytree(start, tmp_path / "data"))
    with closing(sqlite3.connect("thesis.db")) as thesis:
        thesis.execute("CREATE TABLE chapters (title TEXT)")
    Path("mine").mkdir()
    Path("mine/metadata.json").write_text('{"title": "mine", "plugins": {}}', encoding="utf-8")
    os.mkfifo("pipe")
    Path("lost").symlink_to("elsewhere")
    Path("round").symlink_to("round")
    before = tree(Path())
    assert main([*arguments, *(TODAY if arguments[0] != "links" else ())]) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith("Error: ")
    assert message in told
    assert tree(Path()) == before


@pytest.mark.parametrize("plugins", [{}, {"plugins": {"datasette-mcp": {"canned_queries": True}}}])
def test_what_an_earlier_version_built_is_replaced(example: Path, plugins: dict[str, object]) -> None:
    assert main(["build", *TODAY]) == 0
    metadata = Path("metadata.json")
    built = metadata.read_bytes()
    told = json.loads(built)
    del told["plugins"], told["databases"]["claims"]["queries"], told["databases"]["claims"]["tables"]["totals"]
    metadata.write_text(json.dumps(told | plugins), encoding="utf-8")
    assert main(["build", *TODAY]) == 0
    assert metadata.read_bytes() == built


def test_a_link_that_leads_to_a_database_of_ours_stays_a_link(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("kept").mkdir()
    assert main(["build", *TODAY, "-o", "kept/claims.db"]) == 0
    Path("kept/claims.db").chmod(0o640)
    Path("claims.db").symlink_to("kept/claims.db")
    assert main(["build", *TODAY]) == 0
    assert Path("claims.db").is_symlink()
    assert Path("kept/claims.db").stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in Path("kept").iterdir()) == ["claims.db", "metadata.json"]
