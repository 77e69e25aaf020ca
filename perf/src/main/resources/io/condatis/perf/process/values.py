"""CPython's shared values, one process, uncontended: prints a line 'name nanoseconds' for each operation.

The first argument is how many milliseconds each operation is timed. The loop itself is taken off.
"""
import sys
import time
from multiprocessing import RawValue, Value

MS = int(sys.argv[1])
BATCH = 2000


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


loop = timed(nothing)
print("RawValue get", timed(raw_get) - loop)
print("RawValue set", timed(raw_set) - loop)
print("Value get", timed(locked_get) - loop)
print("Value set", timed(locked_set) - loop)
print("Value with get_lock() +=", timed(locked_add) - loop)
