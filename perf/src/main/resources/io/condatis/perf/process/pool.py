"""CPython's Pool with two spawned workers: prints a line 'name value' for each quantity.

The arguments are how many milliseconds the maps are warmed up and timed, and how many tasks each has.
"""
import sys
import time
from multiprocessing import get_context

WORKERS = 2


def double(x):
    return x + x


def timed(milliseconds, run):
    """Seconds of one run."""
    runs, begin = 0, time.perf_counter()
    while True:
        run()
        runs += 1
        spent = time.perf_counter() - begin
        if spent * 1000 >= milliseconds:
            return spent / runs


def main():
    warmup, measure, tasks = (int(text) for text in sys.argv[1:4])
    begin = time.perf_counter()
    with get_context("spawn").Pool(WORKERS) as pool:
        pool.map(double, range(WORKERS), 1)
        print("Pool of 2 ready", (time.perf_counter() - begin) * 1000)
        items = range(tasks)
        print("Pool map, chunk size 1, the first", timed(0, lambda: pool.map(double, items, 1)) / tasks * 1e6)
        for name, chunk in (("map, chunk size 1", 1), ("map, default chunk size", None)):
            timed(warmup, lambda: pool.map(double, items, chunk))
            print("Pool", name, timed(measure, lambda: pool.map(double, items, chunk)) / tasks * 1e6)


if __name__ == "__main__":
    main()
