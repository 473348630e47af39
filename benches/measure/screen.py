"""The screen on a pseudo-terminal, as a terminal emulator would drive it."""

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import termios
import time

ROWS, COLUMNS = 40, 140
# What has to stand there before a person can start: a figure that is not 0, and a worklist that is not empty.
USEFUL = [re.compile(rb"Overdue\D{1,6}[\d,]*[1-9]"), re.compile(rb"Worklist\s*\([1-9]")]
QUIET = 0.004
PATIENCE = 5.0
ESCAPES = re.compile(rb"\x1b(\[[0-9;:?>=<!]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|[=>78DEHM])")
QUESTIONS = [
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[\?u"), b"\x1b[?0u"),
]


class Screen:
    """A running program. `useful` is the time from exec to its first useful frame, none if it never came."""

    def __init__(self, args):
        start = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execv(args[0], args)
        self.written = 0
        self.useful = self.until_useful(start)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.kill(self.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        # What it still writes has to go somewhere.
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            self.read(0.01)
        os.close(self.fd)

    def read(self, patience):
        """The next bytes, or none if nothing came in that time; the program's questions are answered."""
        if not select.select([self.fd], [], [], patience)[0]:
            return b""
        try:
            got = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        self.written += len(got)
        for question, answer in QUESTIONS:
            if question.search(got):
                os.write(self.fd, answer)
        return got

    def until_useful(self, start):
        seen = b""
        while time.perf_counter() - start < 60:
            got = self.read(PATIENCE)
            now = time.perf_counter()
            if not got:
                return None
            seen += got
            plain = ESCAPES.sub(b"", seen)
            if all(sign.search(plain) for sign in USEFUL):
                while got:
                    now = time.perf_counter()
                    got = self.read(QUIET)
                return now - start
        return None

    def rest(self):
        """Lets it finish what it does in the background."""
        while self.read(1.0):
            pass

    def frame(self, keys):
        """Types keys; seconds until the last byte of the frame that answers, none if no frame came."""
        start = time.perf_counter()
        os.write(self.fd, keys.encode())
        last = None
        patience = 1.0
        while self.read(patience):
            last = time.perf_counter()
            patience = QUIET
        return None if last is None else last - start

    def press(self, keys, before=()):
        """How long each key takes; those before it are not measured."""
        frames = []
        for key in keys:
            for other in before:
                self.frame(other)
            frames.append(self.frame(key))
        seconds = sorted(f for f in frames if f is not None)
        silent = len(frames) - len(seconds)
        if not seconds:
            return "no frame came"
        p99 = seconds[min(len(seconds) - 1, round(0.99 * (len(seconds) - 1)))]
        note = f", {silent} keys changed nothing" if silent else ""
        return (f"p50 {statistics.median(seconds) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms "
                f"of {len(seconds)}{note}")

    def cpu(self):
        """Seconds of processor time used so far."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii", errors="replace") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wakes(self):
        """How often its threads have waited for something and got it."""
        tasks = f"/proc/{self.pid}/task"
        total = 0
        for task in os.listdir(tasks):
            with open(f"{tasks}/{task}/status", encoding="ascii", errors="replace") as status:
                total += int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", status.read()).group(1))
        return total

    def idle(self, seconds):
        self.rest()
        before, written, wakes = self.cpu(), self.written, self.wakes()
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
        used = self.cpu() - before
        return (f"{100 * used / seconds:.2f} % of one CPU, {self.written - written} bytes written, "
                f"{self.wakes() - wakes} wake-ups")

    def peak_memory(self):
        with open(f"/proc/{self.pid}/status", encoding="ascii", errors="replace") as status:
            found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
        return f"{int(found.group(1)) / 1024:.0f} MB" if found else "not known"


def starts(args, count):
    """The median time to the first useful frame, and the slowest of some starts."""
    firsts = []
    for _ in range(count):
        with Screen(args) as shown:
            firsts.append(shown.useful)
    came = [first for first in firsts if first is not None]
    if not came:
        return "no frame came"
    return (f"median {statistics.median(came) * 1000:.1f} ms, slowest {max(came) * 1000:.1f} ms "
            f"of {len(came)}")
