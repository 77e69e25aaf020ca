"""CPython's ShareableList: prints a line 'name nanoseconds' for each operation.

The first argument is how many milliseconds each operation is timed. The loop itself is taken off.
"""
import sys
import time
from multiprocessing.shared_memory import ShareableList

MS = int(sys.argv[1])
BATCH = 100
INDEX = 0


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


items = ShareableList([1 << 20, 1.5, "text", None])


def get():
    shared = items
    for _ in range(BATCH):
        shared[INDEX]


def set():
    shared = items
    for i in range(BATCH):
        shared[INDEX] = i


try:
    EMPTY = timed(nothing)[0]
    report("ShareableList get", get)
    report("ShareableList set", set)
finally:
    items.shm.close()
    items.shm.unlink()
