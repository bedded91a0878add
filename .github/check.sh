#!/usr/bin/env bash
# Checks for action.yml: a summary for the run, then the findings; the exit status is that of claimbook.
set -euo pipefail

claimbook="${CLAIMBOOK:-$RUNNER_TEMP/claimbook/bin/claimbook}"
read -rd "" -a paths <<< "$CHECK_PATH" || true
options=()
if [ -n "$CHECK_TEXT" ]; then options+=("--text=$CHECK_TEXT"); fi

# The repository is the one around the data, which an earlier step may have checked out into a folder of its own. Git is
# not started among the data themselves: a folder of theirs may look like a repository.
top="${paths[0]:-.}"
if [ ! -d "$top" ]; then top="$(dirname -- "$top")"; fi
top="$(cd -- "$top" 2> /dev/null && pwd -P || pwd -P)"
while [ ! -e "$top/.git" ] && [ "$top" != / ]; do top="$(dirname -- "$top")"; done

# A new branch has no revision before it, which GitHub writes as zeros; a schedule and a start by hand name none.
if [ -z "${CHECK_BASE//0/}" ]; then
  echo "::notice::Not compared with the past: this event names no revision before it. The input base can name one."
elif ! git -C "$top" rev-parse --git-dir > /dev/null; then
  echo "::notice::Not compared with the past: git opens no repository around the data, for the reason above."
elif git -C "$top" rev-parse --quiet --verify --end-of-options "$CHECK_BASE^{commit}" > /dev/null; then
  options+=("--base=$CHECK_BASE")
else
  echo "::notice::Not compared with the past: the clone ends before ${CHECK_BASE//[^A-Za-z0-9._\/-]/?}. Let actions/checkout use fetch-depth: 0."
fi

"$claimbook" check "${options[@]}" --format=markdown -- "${paths[@]}" >> "$GITHUB_STEP_SUMMARY" || true
if [ -n "$CHECK_OUTPUT" ] && ! { exec > "$CHECK_OUTPUT"; }; then
  echo "::error::The file that the input output names cannot be written."
  exit 2
fi
"$claimbook" check "${options[@]}" "--format=$CHECK_FORMAT" -- "${paths[@]}"
