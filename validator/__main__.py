"""Run `claimbook` as `python -m validator`."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        # Python looks for modules in the working directory first, where a data set of strangers may lie.
        del sys.path[0]
    from validator.cli import main

    raise SystemExit(main())
