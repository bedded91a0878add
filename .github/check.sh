#!/usr/bin/env bash
# Checks for action.yml: a summary for the run, then the findings; the exit status is that of claimbook.
set -euo pipefail

claimbook="${CLAIMBOOK:-$RUNNER_TEMP/claimbook/bin/claimbook}"
read -rd "" -a options <<< "$CHECK_PATH" || true
if [ -n "$CHECK_TEXT" ]; then options+=(--text "$CHECK_TEXT"); fi

# A new branch has no revision before it, which GitHub writes as zeros.
if [ -n "${CHECK_BASE//0/}" ]; then
  if git cat-file -e "$CHECK_BASE^{commit}" 2> /dev/null; then
    options+=(--base "$CHECK_BASE")
  else
    echo "::notice::Not compared with the past: the clone ends before $CHECK_BASE. Let actions/checkout use fetch-depth: 0."
  fi
fi

"$claimbook" check "${options[@]}" --format markdown >> "$GITHUB_STEP_SUMMARY" || true
if [ -n "$CHECK_OUTPUT" ]; then exec > "$CHECK_OUTPUT"; fi
"$claimbook" check "${options[@]}" --format "$CHECK_FORMAT"
