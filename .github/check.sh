#!/usr/bin/env bash
# Checks for action.yml: a summary for the run, then the findings; the exit status is that of claimbook.
set -euo pipefail

claimbook="${CLAIMBOOK:-$RUNNER_TEMP/claimbook/bin/claimbook}"
read -rd "" -a paths <<< "$CHECK_PATH" || true
options=()
if [ -n "$CHECK_TEXT" ]; then options+=("--text=$CHECK_TEXT"); fi

# A new branch has no revision before it, which GitHub writes as zeros; a schedule and a start by hand name none.
if [ -z "${CHECK_BASE//0/}" ]; then
  echo "::notice::Not compared with the past: this event names no revision before it. The input base can name one."
elif git rev-parse --quiet --verify --end-of-options "$CHECK_BASE^{commit}" > /dev/null; then
  options+=("--base=$CHECK_BASE")
else
  echo "::notice::Not compared with the past: the clone ends before ${CHECK_BASE//[^A-Za-z0-9._\/-]/?}. Let actions/checkout use fetch-depth: 0."
fi

"$claimbook" check "${options[@]}" --format=markdown -- "${paths[@]}" >> "$GITHUB_STEP_SUMMARY" || true
if [ -n "$CHECK_OUTPUT" ]; then exec > "$CHECK_OUTPUT"; fi
"$claimbook" check "${options[@]}" "--format=$CHECK_FORMAT" -- "${paths[@]}"
