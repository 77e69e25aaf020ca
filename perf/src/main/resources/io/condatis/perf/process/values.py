"""CPython's shared values, one process, uncontended: prints a line 'name nanoseconds' for each operation.

The first argument is how many milliseconds each operation is timed. The loop itself is taken off.
"""
import sys
import time
from multiprocessing import RawValue, Value

MS = int(sys.argv[1])
BATCH = 100


def timed(batch):
    """Nanoseconds that batch() takes, sorted, as often as it fits into the time."""
    batch()
    times, begin = [], time.perf_counter_ns()
    while True:
        start = time.perf_counter_ns()
        batch()
        end = time.perf_counter_ns()
        times.append(end - start)
        if end - begin >= MS * 1_000_000:
            return sorted(times)


def report(name, batch):
    """The median of its batches, less the empty loop at its best, which is in all of them."""
    times = timed(batch)
    print(name, (times[len(times) // 2] - EMPTY) / BATCH)


def nothing():
    for _ in range(BATCH):
        pass


raw = RawValue("q", 7)
locked = Value("q", 7)


def raw_get():
    value = raw
    for _ in range(BATCH):
        value.value


def raw_set():
    value = raw
    for i in range(BATCH):
        value.value = i


def locked_get():
    value = locked
    for _ in range(BATCH):
        value.value


def locked_set():
    value = locked
    for i in range(BATCH):
        value.value = i


def locked_add():
    value = locked
    for _ in range(BATCH):
        with value.get_lock():
            value.value += 1


EMPTY = timed(nothing)[0]
report("RawValue get", raw_get)
report("RawValue set", raw_set)
report("Value get", locked_get)
report("Value set", locked_set)
report("Value with get_lock() +=", locked_add)
