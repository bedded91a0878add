"""Run one command and print what it cost: exit status, wall and CPU seconds, peak memory in MB, as JSON.

    python measure.py OUTPUT COMMAND [ARGUMENT ...]

A process of its own, and a small one: Linux counts the memory of whoever starts a command as its own until it runs. CPU
is that of all processes that the command waited for; the peak is that of the largest one of them.
"""

import json
import os
import sys
import time

_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes, in which ru_maxrss counts


def main(output: str, command: list[str]) -> None:
    """Run the command with both its output streams going to a file."""
    stream = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    actions = [(os.POSIX_SPAWN_DUP2, stream, 1), (os.POSIX_SPAWN_DUP2, stream, 2)]
    begin = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    print(
        json.dumps(
            [os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT / 1e6]
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
