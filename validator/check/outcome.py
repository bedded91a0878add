"""What a check found: put together folder by folder, and at the end asked of all folders at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from validator import rules
from validator.check.file import Content
from validator.check.folder import Common, Result, Task
from validator.dataset.index import Index
from validator.find import below
from validator.place import placed
from validator.problem import INTERNAL, Finding, Problem, Severity, bounded
from validator.record import KINDS, Kind
from validator.rules import Profile
from validator.waiver import Waiver, Waivers

Take = Callable[[Any], None]


class Outcome(NamedTuple):
    """How many files are at or below the paths, how many records of each kind in all, and what is wrong, in order.

    `waived` is how many findings a comment waives, `compared` tells by article whether its text was at hand, `profile`
    has the seconds and the problems of each rule.
    """

    root: Path
    files: int
    kinds: Mapping[Kind, int]
    findings: list[Finding]
    waived: int
    compared: Mapping[str, bool]
    profile: Profile

    @property
    def failed(self) -> list[str]:
        """The files on which something of ours failed, each once."""
        return list(dict.fromkeys(each.file for each in self.findings if each.rule == INTERNAL))

    def count(self, severity: Severity) -> int:
        """Return the number of problems of one severity."""
        return sum(finding.severity == severity for finding in self.findings)


class Gathered:
    """What has been found so far; `files` counts those at or below the chosen paths."""

    def __init__(self, chosen: list[Path], common: Common, take: Take | None, found: Iterable[Problem] = ()) -> None:
        self._chosen, self._common, self._take = chosen, common, take
        self._index = Index(common.library)
        self._problems = list(found)
        self._comments: list[Waiver] = []
        self._kinds: Counter[Kind] = Counter(dict.fromkeys(KINDS, 0))
        self._compared: dict[str, bool] = {}
        self._profile = Profile()
        self._whole = self._sound = True
        self.files = 0

    def add(self, task: Task, result: Result) -> None:
        """Take what was found in one more folder."""
        self.files += self._chosen_of(task)
        self._problems += result.problems
        self._comments += (each for each in result.waivers if self._is_chosen(each.file))
        self._kinds.update(result.kinds)
        self._compared.update([result.compared] if result.compared else [])
        self._index.add(result.notes)
        self._profile.add(result.profile)
        self._whole = self._whole and result.whole
        self._sound = self._sound and result.sound
        if self._take and self._sound:
            self._take(result.made)

    def _chosen_of(self, task: Task) -> int:
        if self._is_chosen(task.folder):
            return len(task.names)
        return sum(self._is_chosen(task.folder / name) for name in task.names)

    def _is_chosen(self, file: Path) -> bool:
        return below(file, self._chosen)

    def outcome(self, unsaved: Content) -> Outcome:
        """Ask the rules that look across folders, find the places, and leave out what comments waive.

        What looks wrong as soon as anything else is, is asked for when no error is left.
        """
        waivers = Waivers(self._comments, rules.waivable() if self._comments else ())
        self._problems += self._across(last=False)
        findings = waivers.left(placed(filter(self._is_selected, self._problems), unsaved))
        sound = self._sound and not any(each.severity == Severity.ERROR for each in findings)
        if sound:
            findings += waivers.left(placed(filter(self._is_selected, self._across(last=True)), unsaved))
        findings = sorted([*findings, *waivers.faults(self._asked(sound=sound))])
        return Outcome(
            self._common.root, self.files, self._kinds, findings, waivers.used, self._compared, self._profile
        )

    def _asked(self, *, sound: bool) -> set[str]:
        """Return the ids of the rules that had a chance to find all there is: none where a record could not be read."""
        compared = all(self._compared.values())
        return rules.answered(sound=sound, text=compared, past=self._common.past is not None) if self._whole else set()

    def _across(self, *, last: bool) -> list[Problem]:
        found = bounded(rules.across(self._index, self._common.past, self._profile, last=last))
        elsewhere = (each for each in found if not self._is_selected(each))
        self._sound = self._sound and all(each.severity != Severity.ERROR for each in elsewhere)
        return found

    def _is_selected(self, problem: Problem) -> bool:
        return self._is_chosen(problem.place.file)
