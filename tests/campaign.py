"""The tests of tests/test_fuzz.py with as many inputs as there is time for, each round with another seed.

    python tests/campaign.py --minutes 30

What breaks a promise is kept in tests/redteam/found/, from where the suite tries it every time; look at it, mend the cause,
and commit both.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).parent / "test_fuzz.py"
ROUND = 400  # inputs of each test between two looks at the clock


def _round(seed: int) -> tuple[int, str]:
    """Return how many tests were run with ROUND inputs each, and what pytest says of those that failed."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "-k",
        "any",
        f"--hypothesis-seed={seed}",
        str(TESTS),
    ]
    env = {**os.environ, "CLAIMBOOK_EXAMPLES": str(ROUND)}
    done = subprocess.run(
        [*command, "--timeout", "1200"], env=env, cwd=TESTS.parent.parent, capture_output=True, text=True
    )
    passed, failed = (
        int(found[1]) if (found := re.search(rf"(\d+) {word}", done.stdout)) else 0 for word in ("passed", "failed")
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return passed + failed, done.stdout[-3000:] if failed else ""


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5, help="how long it goes on at least")
    end, rounds, tests, wrong = time.monotonic() + 60 * parser.parse_args().minutes, 0, 0, 0
    while rounds == 0 or time.monotonic() < end:
        count, said = _round(rounds)
        rounds, tests, wrong = rounds + 1, tests + count, wrong + bool(said)
        if said:
            print(said)
    print(f"fuzz: {tests * ROUND:,} tried, {wrong:,} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(_main())
