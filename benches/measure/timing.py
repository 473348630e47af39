"""Running a command to its end, with time and peak memory."""

import os
import statistics
import subprocess
import tempfile
import time


class Run:
    """One command that ended: seconds, peak memory in MB, what it printed."""

    def __init__(self, args):
        with tempfile.TemporaryFile() as out:
            start = time.perf_counter()
            child = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=out)
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            self.out = out.read()
        self.peak = usage.ru_maxrss / 1024
        if child.returncode:
            raise SystemExit(f"{' '.join(args)[:200]}: exit code {child.returncode}")

    def __str__(self):
        return f"{shown(self.seconds)}, peak {self.peak:.0f} MB"


def shown(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def run(args):
    return Run(args)


def times(args, count):
    """The median and the slowest of some runs, after one that warms the cache."""
    run(args)
    runs = [run(args) for _ in range(count)]
    seconds = [one.seconds for one in runs]
    return (f"median {shown(statistics.median(seconds))}, slowest {shown(max(seconds))} of {count}, "
            f"peak {max(one.peak for one in runs):.0f} MB")
