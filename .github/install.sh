#!/usr/bin/env bash
# Installs claimbook for action.yml in an environment of its own, so that nothing of the job that uses it changes.
set -euo pipefail

"$PYTHON" -m venv "$RUNNER_TEMP/claimbook"
pip=("$RUNNER_TEMP/claimbook/bin/python" -m pip install --quiet --disable-pip-version-check)

if [ -z "$VERSION" ]; then
  # The versions that were tested together; the lock file has hashes, which pip would then ask of this folder too.
  grep -oE '^[A-Za-z0-9._-]+==[^ ;]+' "$HOME_OF_ACTION/requirements-dev.txt" > "$RUNNER_TEMP/claimbook/versions.txt"
  "${pip[@]}" --constraint "$RUNNER_TEMP/claimbook/versions.txt" "${HOME_OF_ACTION}[fast]"
elif [[ "$VERSION" =~ ^[A-Za-z0-9._/-]+$ ]]; then
  "${pip[@]}" "claimbook[fast] @ git+$GITHUB_SERVER_URL/$REPOSITORY_OF_ACTION@$VERSION"
else
  echo "::error::version is not a tag or a commit"
  exit 2
fi
