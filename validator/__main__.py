"""Run `claimbook` as `python -m validator`.

Python then looks for modules in the working directory first, where a data set of strangers may lie: not with us.
"""

import sys

if not sys.flags.safe_path:
    del sys.path[0]

from validator.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
