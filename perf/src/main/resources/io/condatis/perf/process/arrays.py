"""CPython's shared arrays and a ctypes structure's field: prints a line 'name nanoseconds' for each operation.

The first argument is how many milliseconds each operation is timed. The loop itself is taken off.
"""
import sys
import time
from ctypes import Structure, c_double, c_longlong
from multiprocessing import Array, RawArray, RawValue

MS = int(sys.argv[1])
BATCH = 2000
INDEX = 5


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


loop = timed(nothing)
print("RawArray get", timed(raw_get) - loop)
print("RawArray set", timed(raw_set) - loop)
print("Array get", timed(locked_get) - loop)
print("Array set", timed(locked_set) - loop)
print("Structure field get", timed(field_get) - loop)
print("Structure field set", timed(field_set) - loop)
