"""What changed between revisions: for the rules that compare with an earlier one, and the diff that readers understand.

Whatever the history holds, only files that differ are read, through git's plumbing; nothing is checked out.
"""

from validator.history.diff import Diff, diff
from validator.history.git import Repository, repository
from validator.history.past import changed, past

__all__ = ["Diff", "Repository", "changed", "diff", "past", "repository"]
