"""What changed between revisions, in real git repositories: the diff for readers, and the past that rules compare with."""

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from case import commit, git, lay_out, read_case
from conftest import REPOSITORY

from validator.cli import main
from validator.history.show.markdown import escaped

GOLDEN = REPOSITORY / "tests" / "golden"
ARTICLE = "claims/articles/gazette-1872-10-03"
WAGER = f"{ARTICLE}/001-wager.yaml"
MEMBERS = f"{ARTICLE}/002-five-members.yaml"
CHECK = ("check", "--text", "text", "--today", "1873-01-01", "--format", "concise")
Output = pytest.CaptureFixture[str]


@pytest.fixture
def repository(example: Path) -> Path:
    """The base of all cases, committed, with the working directory in it."""
    commit(example)
    return example


def change(file: str | Path, old: str, new: str) -> None:
    text = Path(file).read_text(encoding="utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), encoding="utf-8")


def verdict(status: str) -> str:
    return f"""\
  - decided: 1873-01-01
    as_of: 1872-12-31
    reviewer: reviewers
    status: {status}
    confidence: low
    rationale: The guest has told another story since.
"""


def turn(status: str) -> None:
    """Give the second claim one more review, and its status."""
    change(MEMBERS, "status: supported\nevidence", f"status: {status}\nevidence")
    change(MEMBERS, "depends_on:", f"{verdict(status)}depends_on:")


def told(capsys: Output, *arguments: str) -> Any:
    assert main(["diff", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def silent(found: Any) -> bool:
    return not any(value for key, value in found.items() if key not in ("version", "from", "to"))


# What is told


@pytest.mark.parametrize(("form", "golden"), [("text", "diff.txt"), ("markdown", "diff.md"), ("json", "diff.json")])
def test_each_format_tells_everything(
    form: str, golden: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    lay_out(read_case(GOLDEN / "diff-changes.txt"), tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["diff", "HEAD", "--format", form]) == 0
    out = re.sub(r'"[0-9a-f]{40}"', '"<commit>"', capsys.readouterr().out)
    assert out == (GOLDEN / golden).read_text(encoding="utf-8")


def test_where_nothing_differs_the_diff_says_so(repository: Path, capsys: Output) -> None:
    assert silent(told(capsys, "HEAD"))
    assert main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == "HEAD → working tree\nNo claim says anything else.\n"


def test_layout_comments_line_ends_and_file_names_are_no_difference(repository: Path, capsys: Output) -> None:
    members = Path(MEMBERS)
    text = members.read_text(encoding="utf-8")
    text = text.replace("    rationale: The record", "    rationale: >-\n      The record").replace(
        "has five names, one of which", "has five names,\n      one of which"
    )
    text = text.replace("kind: event\n", "").replace("status: supported\nevidence", "status: 'supported'\nevidence")
    members.write_bytes(f"# laid out anew\nkind: event\n{text}".replace("\n", "\r\n").encode())
    members.rename(members.with_name("002-members.yaml"))
    assert silent(told(capsys, "HEAD"))
    commit(repository)
    assert silent(told(capsys, "HEAD~1", "HEAD"))
    assert main([*CHECK, "--base", "HEAD~1"]) == 0


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        ("supported", "refuted", True),
        ("misleading", "supported", True),
        ("refuted", "misleading", False),
        ("supported", "conflicting", False),
        ("not-enough-evidence", "refuted", False),
    ],
)
def test_a_verdict_turns_round_between_supported_and_refuted_or_misleading(
    before: str, after: str, turned: bool, repository: Path, capsys: Output
) -> None:
    change(MEMBERS, "status: supported\nevidence", f"status: {before}\nevidence")
    commit(repository)
    turn_from = (
        Path(MEMBERS).read_text(encoding="utf-8").replace(f"status: {before}\nevidence", f"status: {after}\nevidence")
    )
    Path(MEMBERS).write_text(turn_from, encoding="utf-8")
    (found,) = told(capsys, "HEAD")["verdicts_changed"]
    assert (found["from"], found["to"], found["turned_round"]) == (before, after, turned)


def test_a_committed_review_that_was_edited_is_named_and_is_no_new_review(repository: Path, capsys: Output) -> None:
    change(MEMBERS, "The record has five names, one", "The record has six names, one")
    found = told(capsys, "HEAD")
    assert [each["changed"] for each in found["also_changed"]] == [["review 1 edited"]]
    assert found["verdicts_confirmed"] == found["verdicts_changed"] == []


def test_a_withdrawal_that_is_taken_back_is_told(repository: Path, capsys: Output) -> None:
    change(WAGER, "tags:", "withdrawn:\n  date: 1872-12-31\n  reason: The headline claims nothing.\ntags:")
    commit(repository)
    assert told(capsys, "HEAD~1", "HEAD")["claims_withdrawn"][0]["reason"] == "The headline claims nothing."
    found = told(capsys, "HEAD", "HEAD~1")
    assert [each["id"] for each in found["claims_reinstated"]] == ["gazette-1872-10-03-001"]
    (coverage,) = found["coverage"]
    assert coverage["from"]["covered"] < coverage["to"]["covered"] == 355


def test_a_claim_that_is_deleted_and_an_article_that_is_new_are_told(repository: Path, capsys: Output) -> None:
    Path(WAGER).unlink()
    found = told(capsys, "HEAD")
    assert [each["id"] for each in found["claims_deleted"]] == ["gazette-1872-10-03-001"]
    git(repository, "rm", "--quiet", "-r", ARTICLE)
    commit(repository)
    found = told(capsys, "HEAD", "HEAD~1")
    assert [each["id"][-3:] for each in found["claims_added"]] == ["001", "002", "003", "004"]
    (coverage,) = found["coverage"]
    assert (coverage["from"], coverage["to"]) == (None, {"covered": 355, "characters": 358})


# Which revisions


def test_two_points_and_three_points_mean_what_they_mean_to_git(repository: Path, capsys: Output) -> None:
    git(repository, "switch", "--quiet", "--create", "topic")
    change(WAGER, "- wager", "- money")
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    turn("not-checkable")
    commit(repository)
    assert len(told(capsys, "main..topic")["verdicts_changed"]) == 1
    assert told(capsys, "main..topic")["from"]["name"] == "main"
    found = told(capsys, "main...topic")
    assert found["verdicts_changed"] == []
    assert found["from"]["name"] == "where topic left main"
    assert [each["changed"] for each in found["also_changed"]] == [["tags"]]
    assert len(told(capsys, "topic...")["verdicts_changed"]) == 1
    assert main(["diff", "main..topic", "HEAD"]) == 2


@pytest.mark.parametrize(
    "name",
    ["nowhere", "", "-x", "--output=made", "--all", "HEAD^{tree}", "^HEAD", "0" * 40, "HEAD --all", "../x", "@{u}"],
)
def test_what_names_no_revision_is_misuse_and_no_option(name: str, repository: Path, capsys: Output) -> None:
    assert main(["diff", "--", name]) == 2
    assert main(["diff", "--", "HEAD", name]) == 2
    assert main([*CHECK, f"--base={name}"]) == 2
    assert capsys.readouterr().err.count("Error: found no revision ") == 3
    assert not Path("made").exists()


def test_a_revision_that_a_shallow_clone_lacks_is_said_to_be_so(
    repository: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn("not-checkable")
    commit(repository)
    git(repository, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert main(["diff", "HEAD~1"]) == 2
    assert (
        'Error: found no revision "HEAD~1" in this repository; it is a shallow clone, so fetch'
        in capsys.readouterr().err
    )
    assert silent(told(capsys, "HEAD"))
    git(tmp_path / "clone", "fetch", "--quiet", "--depth", "1", "origin", "HEAD:refs/heads/same")
    assert main([*CHECK, "--base", "same"]) == 0


def test_no_repository_and_no_git_are_misuse(example: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["diff", "HEAD"]) == 2
    assert capsys.readouterr().err == "Error: found no git repository at . or above it\n"
    commit(example)
    monkeypatch.setenv("PATH", str(example))
    assert main([*CHECK, "--base", "HEAD"]) == 2
    assert "Error: found no git on this machine" in capsys.readouterr().err


def test_a_repository_without_a_commit_is_misuse(example: Path, capsys: Output) -> None:
    git(example, "init", "--quiet")
    assert main([*CHECK, "--base", "HEAD"]) == 2
    assert capsys.readouterr().err.endswith('Error: found no revision "HEAD" in this repository\n')


# Where it runs


@pytest.mark.parametrize("place", ["claims", ARTICLE, "docs/deep", "."])
def test_it_runs_from_any_folder(place: str, repository: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    turn("not-checkable")
    (repository / "docs/deep").mkdir(parents=True)
    monkeypatch.chdir(repository / place)
    assert len(told(capsys, "HEAD")["verdicts_changed"]) == 1


def test_it_runs_on_a_data_set_elsewhere_and_at_the_top_of_its_repository(
    example: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(example / "claims")
    turn("not-checkable")
    monkeypatch.chdir("/")
    found = told(capsys, "HEAD", "--data", str(example / "claims"))
    assert len(found["verdicts_changed"]) == 1
    change(example / MEMBERS, "accuracy: 4", "accuracy: 5")
    assert main(["check", str(example), "--today", "1873-01-01", "--base", "HEAD", "--format", "concise"]) == 1
    assert "[review-changed]" in capsys.readouterr().out


def test_a_folder_whose_name_means_something_to_git_is_just_a_folder(repository: Path, capsys: Output) -> None:
    odd = repository / ":(exclude)[a]*" / "claims"
    odd.parent.mkdir()
    git(repository, "mv", "claims", str(odd))
    commit(repository)
    change(odd / "articles/gazette-1872-10-03/001-wager.yaml", "- wager", "- money")
    assert len(told(capsys, "HEAD", "--data", str(odd))["also_changed"]) == 1


def test_a_bare_repository_is_compared_without_a_working_tree(
    repository: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn("not-checkable")
    commit(repository)
    git(repository, "clone", "--quiet", "--bare", str(repository), str(tmp_path / "bare.git"))
    assert len(told(capsys, "HEAD~1", "HEAD", "--data", "bare.git")["verdicts_changed"]) == 1
    assert main(["diff", "HEAD", "--data", "bare.git"]) == 2
    assert "give two revisions" in capsys.readouterr().err
    (repository / ".git").rename(tmp_path / "elsewhere")
    monkeypatch.chdir("bare.git")
    assert len(told(capsys, "HEAD~1", "HEAD")["verdicts_changed"]) == 1


def test_a_hook_of_another_repository_does_not_lead_astray(
    repository: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    commit(other)
    turn("not-checkable")
    for name, value in {"GIT_DIR": other / ".git", "GIT_WORK_TREE": other, "GIT_INDEX_FILE": other / "x"}.items():
        monkeypatch.setenv(name, str(value))
    assert len(told(capsys, "HEAD")["verdicts_changed"]) == 1


def test_nothing_is_checked_out_and_nothing_is_written(repository: Path, capsys: Output) -> None:
    turn("not-checkable")
    commit(repository)
    change(WAGER, "- wager", "- money")
    (repository / "claims/agents/new.yaml").touch()
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in repository.rglob("*") if file.is_file()}
    assert len(told(capsys, "HEAD~1", "HEAD")["verdicts_changed"]) == 1
    main([*CHECK, "--base", "HEAD~1"])
    assert {
        file: (file.stat().st_mtime_ns, file.read_bytes()) for file in repository.rglob("*") if file.is_file()
    } == before


# What is read


def test_files_that_are_the_same_on_both_sides_are_not_read(repository: Path, capsys: Output) -> None:
    turn("not-checkable")
    commit(repository)
    for name in (WAGER, f"{ARTICLE}/article.yaml", "claims/sources/club-record.yaml"):
        blob = git(repository, "rev-parse", f"HEAD:{name}").strip()
        (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert len(told(capsys, "HEAD~1", "HEAD")["verdicts_changed"]) == 1
    assert main([*CHECK, "--base", "HEAD~1"]) == 0


def test_a_content_that_git_has_lost_is_told(repository: Path, capsys: Output) -> None:
    blob = git(repository, "rev-parse", f"HEAD:{WAGER}").strip()
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    change(WAGER, "- wager", "- money")
    assert main(["diff", "HEAD"]) == 2
    assert f"Error: git cannot read {blob} of this repository" in capsys.readouterr().err


def test_the_working_tree_is_what_is_on_disk(repository: Path, capsys: Output) -> None:
    """Untracked, staged, taken from the index, in conflict: only what stands there now counts."""
    new = Path(WAGER).read_text(encoding="utf-8").replace("-03-001", "-03-005")
    Path(f"{ARTICLE}/005-again.yaml").write_text(new, encoding="utf-8")
    git(repository, "rm", "--quiet", "--cached", WAGER)
    change(MEMBERS, "accuracy: 4", "accuracy: 5")
    git(repository, "add", MEMBERS)
    change(MEMBERS, "accuracy: 5", "accuracy: 4")
    hidden = Path(f"{ARTICLE}/.006-draft.yaml")
    hidden.write_text(new.replace("-03-005", "-03-006"), encoding="utf-8")
    Path(f"{ARTICLE}/007-link.yaml").symlink_to(hidden.name)
    found = told(capsys, "HEAD")
    assert [each["id"] for each in found.pop("claims_added")] == ["gazette-1872-10-03-005"]
    assert found.pop("coverage")
    assert silent(found)


def test_names_of_any_bytes_are_read_and_can_be_shown(repository: Path, capsys: Output) -> None:
    folder = Path(ARTICLE).rename(Path("claims/articles", os.fsdecode(b'-caf\xe9 "x"\n\\')))
    for name in (b"gaz\xe9tte.yaml", b"a\nb.yaml"):
        Path("claims/agents", os.fsdecode(name)).touch()
    (folder / "008-broken.yaml").write_bytes(b"\xff")
    change(folder / "001-wager.yaml", "tags:", "withdrawn:\n  date: 1872-12-31\n  reason: It claims nothing.\ntags:")
    found = told(capsys, "HEAD")
    assert [each["id"] for each in found["claims_added"]] == []
    assert [each["article"] for each in found["coverage"]] == [folder.name, "gazette-1872-10-03"]
    assert found["not_compared"] == [f"articles/{folder.name}/008-broken.yaml"]
    commit(repository)
    assert told(capsys, "HEAD~1", "HEAD")["coverage"] == found["coverage"]
    for form in ("text", "markdown"):
        assert main(["diff", "HEAD~1", "HEAD", "--format", form]) == 0
        assert '-caf\ufffd "x"\ufffd' in capsys.readouterr().out.replace("\\", "")


def test_what_is_too_large_for_a_record_is_not_compared_and_the_rest_is(repository: Path, capsys: Output) -> None:
    large = Path(f"{ARTICLE}/000-large.yaml")
    large.write_bytes(b"#" * (3 * 2**20))
    turn("not-checkable")
    commit(repository)
    found = told(capsys, "HEAD~1", "HEAD")
    assert found["not_compared"] == ["articles/gazette-1872-10-03/000-large.yaml"]
    assert len(found["verdicts_changed"]) == 1


def test_a_claim_that_is_broken_now_is_not_told_to_be_deleted(repository: Path, capsys: Output) -> None:
    Path(WAGER).rename(f"{ARTICLE}/001-bet.yaml")
    change(f"{ARTICLE}/001-bet.yaml", "kind: quantity", "kind: bet")
    found = told(capsys, "HEAD")
    assert found["not_compared"] == ["articles/gazette-1872-10-03/001-bet.yaml"]
    assert found["claims_deleted"] == []
    main([*CHECK, "--base", "HEAD"])
    assert [line[line.rindex("[") :] for line in capsys.readouterr().out.splitlines()] == ["[unknown-word]"]


# Markdown for strangers


def test_a_long_diff_fits_into_a_comment_and_says_what_it_leaves_out(repository: Path, capsys: Output) -> None:
    text = Path(WAGER).read_text(encoding="utf-8")
    for number in range(100, 400):
        more = text.replace("-03-001", f"-03-{number}").replace("eighty days.\nkind", f"{'eighty days ' * 30}\nkind")
        Path(f"{ARTICLE}/{number}-more.yaml").write_text(more, encoding="utf-8")
    assert main(["diff", "HEAD", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert 50_000 < len(out) < 65_536
    shown = len(re.findall(r"^- ", out, re.MULTILINE))
    assert out.endswith(f"\n{301 - shown:,} more entries are left out here; `claimbook diff` shows them all.\n")


def test_nothing_in_a_claim_becomes_markup_a_link_or_a_mention() -> None:
    hostile = (
        "<img src=x> ![a](b) [c](d) `e` *f* _g_ ~~h~~ &amp; $i$ @reader a/b#12 GH-12 https://x.example www.x.example"
    )
    bare = re.sub(r"\\.", "", escaped(hostile))
    assert not re.search(r"[<>`*_\[\]~&$]|@r|#1|GH-1|://|www\.", bare)
    assert re.sub("\\\\|\u200b", "", escaped(hostile)) == hostile


# check --base


def test_what_the_base_gained_since_the_branch_left_it_is_not_missed(repository: Path, capsys: Output) -> None:
    git(repository, "switch", "--quiet", "--create", "topic")
    git(repository, "switch", "--quiet", "main")
    turn("not-checkable")
    commit(repository)
    git(repository, "switch", "--quiet", "topic")
    change(WAGER, "- wager", "- money")
    commit(repository)
    assert main([*CHECK, "--base", "main"]) == 0
    change(MEMBERS, "accuracy: 4", "accuracy: 5")
    assert main([*CHECK, "--base", "main"]) == 1
    assert "with another accuracy than in main;" in capsys.readouterr().out


def test_without_a_base_the_past_is_not_asked(repository: Path, capsys: Output) -> None:
    change(MEMBERS, "accuracy: 4", "accuracy: 5")
    Path(WAGER).rename("claims/elsewhere")
    assert "[review-changed]" not in (main(CHECK), capsys.readouterr().out)[1]


def test_an_editor_learns_at_once_that_it_edits_a_committed_review(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Path(MEMBERS).read_text(encoding="utf-8").replace("accuracy: 4", "accuracy: 5")
    command = [sys.executable, "-m", "validator", *CHECK, "--base", "HEAD", "--stdin-filename", MEMBERS]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 1
    assert b"found review 1 with another accuracy than in HEAD" in done.stdout


def test_only_problems_in_the_paths_are_told(repository: Path, capsys: Output) -> None:
    change(MEMBERS, "confidence: medium", "confidence: high")
    assert main([*CHECK, "--base", "HEAD", WAGER]) == 0
    assert main([*CHECK, "--base", "HEAD", MEMBERS]) == 1
    assert capsys.readouterr().out.count("\n") == 1


def test_one_edit_of_a_committed_claim_is_told_once(repository: Path, capsys: Output) -> None:
    """Whatever key of a committed review is edited or taken away, the rules of the past say it once."""
    text = Path(MEMBERS).read_text(encoding="utf-8")
    begin = text.index("reviews:")
    for line in text[begin:].splitlines()[1:]:
        key = line.strip(" -").partition(":")[0]
        Path(MEMBERS).write_text(text[:begin] + text[begin:].replace(f"{line}\n", ""), encoding="utf-8")
        main([*CHECK, "--base", "HEAD"])
        rules = re.findall(r"\[([a-z-]+)\]$", capsys.readouterr().out, re.MULTILINE)
        assert rules.count("review-changed") <= 1, key


# The page of a withdrawn claim is in test_withdrawn.py, its rows in test_build.py.


# A full clone is the reference


def history(folder: Path, *steps: str) -> None:
    """Commit a change for each step: `BRANCH` adds to that branch, `BRANCH<OTHER` merges another one into it."""
    for number, step in enumerate(steps):
        branch, _, other = step.partition("<")
        git(folder, "checkout", "--quiet", "-B", branch, *([branch] if branch in git(folder, "branch") else []))
        if other:
            git(folder, "merge", "--quiet", "--strategy", "ours", "--message", step, other)
        else:
            (folder / f"claims/{branch}.txt").write_text(f"{number}\n", encoding="utf-8")
            commit(folder)


def test_a_shallow_clone_gives_the_answer_of_a_full_one_or_says_that_it_cannot(
    repository: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A review of before the branch is edited in it, at which main says something else by now."""
    history(repository, "main", "topic", "main")
    git(repository, "checkout", "--quiet", "topic")
    change(MEMBERS, "accuracy: 4", "accuracy: 5")
    commit(repository)
    history(repository, "main")
    turn("not-checkable")
    history(repository, "main", "topic", "topic")
    assert main([*CHECK, "--base", "main"]) == 1
    expected = capsys.readouterr().out
    assert "[review-changed]" in expected
    statuses = []
    for depth in (1, 3, 5):
        clone = tmp_path / f"clone-{depth}"
        git(repository, "clone", "--quiet", f"--depth={depth}", "--no-single-branch", repository.as_uri(), str(clone))
        monkeypatch.chdir(clone)
        statuses.append(main(["check", "--text", str(repository / "text"), *CHECK[3:], "--base", "origin/main"]))
        told = capsys.readouterr()
        if statuses[-1] == 2:
            assert "Error: cannot tell where the two revisions parted; it is a shallow clone" in told.err
            assert main(["check", "--changed-since", "origin/main"]) == main(["diff", "origin/main...HEAD"]) == 2
            capsys.readouterr()
        else:
            assert told.out == expected.replace(" main;", " origin/main;")
    assert statuses == [2, 2, 1]


def test_revisions_without_a_commit_in_common_are_misuse(repository: Path, capsys: Output) -> None:
    git(repository, "switch", "--quiet", "--orphan", "other")
    git(repository, "checkout", "--quiet", "main", "--", "claims", "text")
    change(WAGER, "- wager", "- money")
    commit(repository)
    for command in ([*CHECK, "--base", "main"], [*CHECK, "--changed-since", "main"], ["diff", "main...other"]):
        assert main(command) == 2
        assert "Error: the two revisions have no commit in common" in capsys.readouterr().err
    assert main(["diff", "main..other"]) == 0


def test_where_branches_were_merged_crosswise_one_past_is_told_or_none(repository: Path, capsys: Output) -> None:
    history(repository, "one", "two")
    git(repository, "branch", "was")
    history(repository, "one", "two<one", "one<was", "one", "two")
    assert len(git(repository, "merge-base", "--all", "one", "two").split()) == 2
    assert main([*CHECK, "--base", "one"]) == 2
    assert "Error: the two revisions parted at 2 commits, in which the data set differs; " in capsys.readouterr().err
    git(repository, "merge", "--quiet", "--strategy", "ours", "--message", "again", "one")
    assert main([*CHECK, "--base", "one"]) == 0


def test_a_revision_without_the_data_set_has_no_past(repository: Path, capsys: Output) -> None:
    git(repository, "mv", "claims", "data")
    commit(repository)
    change(WAGER.replace("claims", "data"), "- wager", "- money")
    assert main(["check", "data", *CHECK[1:], "--base", "HEAD~1"]) == 0
    assert len(told(capsys, "HEAD~1...HEAD", "--data", "data")["claims_added"]) == 4


def reported_on(capsys: Output, *more: str) -> int:
    """Return the number of files that `check` says differ from HEAD."""
    main([*CHECK, "--changed-since", "HEAD", *more])
    (count,) = re.findall(r"^Reporting on (\d+) files", capsys.readouterr().err, re.MULTILINE)
    return int(count)


def test_files_that_were_touched_or_have_other_line_ends_are_not_changed(repository: Path, capsys: Output) -> None:
    for file in Path("claims").rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n") if "00" in file.name else file.read_bytes())
        os.utime(file, (0, 0))
    assert reported_on(capsys) == 0
    assert main([*CHECK, "--base", "HEAD"]) == 0
    commit(repository)
    Path(WAGER).write_bytes(Path(WAGER).read_bytes().replace(b"\r", b""))
    assert reported_on(capsys) == 0


def test_what_the_index_says_of_a_file_is_not_believed(repository: Path, capsys: Output) -> None:
    git(repository, "update-index", "--assume-unchanged", WAGER)
    git(repository, "update-index", "--skip-worktree", MEMBERS)
    change(WAGER, "- wager", "- money")
    change(MEMBERS, "accuracy: 4", "accuracy: 5")
    new = Path("claims/agents/new.yaml")
    new.write_text("id: new\n", encoding="utf-8")
    git(repository, "add", "--intent-to-add", str(new))
    Path("claims/agents/reviewers.yaml").rename("claims/agents/Reviewers.yaml")
    assert reported_on(capsys) == 4
    assert main([*CHECK, "--base", "HEAD"]) == 1
    assert "[review-changed]" in capsys.readouterr().out


def test_what_a_sparse_checkout_leaves_out_is_not_deleted(repository: Path, capsys: Output) -> None:
    git(repository, "sparse-checkout", "set", "--no-cone", "/*", f"!/{WAGER}")
    assert not Path(WAGER).exists()
    assert reported_on(capsys) == 0
    assert silent(told(capsys, "HEAD"))
    main([*CHECK, "--base", "HEAD"])
    assert "[claim-deleted]" not in capsys.readouterr().out


def test_any_kind_of_repository_gives_the_same_answer(
    example: Path, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of objects by SHA-256, a worktree, a submodule, a detached HEAD, an annotated tag."""
    git(example, "init", "--quiet", "--object-format", "sha256", "--initial-branch", "main")
    commit(example)
    git(example, "tag", "--annotate", "--message", "One", "v1")
    git(example, "worktree", "add", "--quiet", "--detach", "worktree")
    git(example, "init", "--quiet", "--object-format", "sha256", "outer")
    git(example / "outer", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(example), "inner")
    for place in (".", "worktree", "outer/inner"):
        monkeypatch.chdir(example / place)
        change(MEMBERS, "accuracy: 4", "accuracy: 5")
        assert reported_on(capsys) == 1, place
        assert main([*CHECK, "--base", "v1"]) == 1, place
        assert "[review-changed]" in capsys.readouterr().out
        assert told(capsys, "v1")["also_changed"], place


def test_a_folder_that_cannot_be_read_is_not_taken_for_deleted_claims(
    repository: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests may be root, who can read all."""

    def refused(folder: Path) -> object:
        if folder == repository / ARTICLE:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return scandir(folder)

    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", refused)
    assert main(["diff", "HEAD"]) == 2
    assert capsys.readouterr().err == f"Error: {repository / ARTICLE}: Permission denied\n"


@pytest.mark.parametrize("file", [WAGER, f"{ARTICLE}/099-large.yaml"])
def test_a_damaged_object_ends_the_comparison_with_the_way_out(file: str, repository: Path, capsys: Output) -> None:
    """Git gives up in the middle of what it streams: neither is a part taken for the whole, nor is more waited for."""
    Path(f"{ARTICLE}/099-large.yaml").write_bytes(os.urandom(2_000_000))
    commit(repository)
    blob = git(repository, "rev-parse", f"HEAD:{file}").strip()
    stored = Path(".git/objects", blob[:2], blob[2:])
    stored.chmod(0o600)
    os.truncate(stored, stored.stat().st_size // 2)
    git(repository, "config", "core.bigFileThreshold", "100")
    Path(file).write_text("id: another\n", encoding="utf-8")
    change(MEMBERS, "accuracy: 4", "accuracy: 5")
    assert main(["diff", "HEAD"]) == 2
    assert f"git cannot read {blob} of this repository; git fsck tells" in capsys.readouterr().err
    assert main([*CHECK, "--base", "HEAD"]) == 2


def test_a_repository_of_somebody_else_is_refused_with_the_way_out(
    repository: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert main(["diff", "HEAD"]) == 2
    assert (
        f"another user; if you trust it: git config --global --add safe.directory {repository}\n"
        in capsys.readouterr().err
    )
    settings = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(repository)}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert main(["diff", "HEAD"]) == 0
