"""CPython's shared arrays and a ctypes structure's field: prints a line 'name nanoseconds' for each operation.

The first argument is how many milliseconds each operation is timed. The loop itself is taken off.
"""
import sys
import time
from ctypes import Structure, c_double, c_longlong
from multiprocessing import Array, RawArray, RawValue

MS = int(sys.argv[1])
BATCH = 100
INDEX = 5


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


class Quote(Structure):
    _fields_ = [("sequence", c_longlong), ("price", c_double)]


raw = RawArray("q", 64)
locked = Array("q", 64)
quote = RawValue(Quote, 1, 1.5)


def raw_get():
    array = raw
    for _ in range(BATCH):
        array[INDEX]


def raw_set():
    array = raw
    for i in range(BATCH):
        array[INDEX] = i


def locked_get():
    array = locked
    for _ in range(BATCH):
        array[INDEX]


def locked_set():
    array = locked
    for i in range(BATCH):
        array[INDEX] = i


def field_get():
    structure = quote
    for _ in range(BATCH):
        structure.price


def field_set():
    structure = quote
    for _ in range(BATCH):
        structure.price = 2.5


EMPTY = timed(nothing)[0]
report("RawArray get", raw_get)
report("RawArray set", raw_set)
report("Array get", locked_get)
report("Array set", locked_set)
report("Structure field get", field_get)
report("Structure field set", field_set)
