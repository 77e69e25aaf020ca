"""CPython's ShareableList: prints a line 'name nanoseconds' for each operation.

The first argument is how many milliseconds each operation is timed. The loop itself is taken off.
"""
import sys
import time
from multiprocessing.shared_memory import ShareableList

MS = int(sys.argv[1])
BATCH = 2000
INDEX = 0


def timed(batch):
    """Nanoseconds of one of the BATCH operations that batch() does."""
    batch()
    batches, begin = 0, time.perf_counter_ns()
    while True:
        batch()
        batches += 1
        spent = time.perf_counter_ns() - begin
        if spent >= MS * 1_000_000:
            return spent / (batches * BATCH)


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
    loop = timed(nothing)
    print("ShareableList get", timed(get) - loop)
    print("ShareableList set", timed(set) - loop)
finally:
    items.shm.close()
    items.shm.unlink()
