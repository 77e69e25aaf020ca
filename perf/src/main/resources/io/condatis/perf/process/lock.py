"""CPython's multiprocessing.Lock between processes: prints a line 'name value' for each quantity.

The first argument is the milliseconds that contention is measured, the second those that it runs before; a quarter of the
first is enough without contention, of which the fastest PART counts: nobody makes it faster than it is.
A section is: acquire, add 1 to a RawValue, release. The clock is read after every BATCH sections, so the longest wait
contains BATCH sections and whatever the scheduler did meanwhile.
"""
import sys
import time
from multiprocessing import Barrier, Lock, Process, RawArray, RawValue

MS = 1_000_000
MEASURED, WARMUP = int(sys.argv[1]) * MS, int(sys.argv[2]) * MS
BATCH = 16
PART = 25 * MS
PROCESSES = 2


def batch(lock, counter):
    for _ in range(BATCH):
        lock.acquire()
        counter.value += 1
        lock.release()


def uncontended(lock, counter, duration):
    batches, begin, spent = 0, time.monotonic_ns(), 0
    while spent < duration:
        batch(lock, counter)
        batches += 1
        spent = time.monotonic_ns() - begin
    return spent / (batches * BATCH)


def contend(me, lock, counter, start, span, sections, everything, longest):
    if start.wait() == 0:
        begin = time.monotonic_ns() + WARMUP
        span[1] = begin + MEASURED
        span[0] = begin
    start.wait()
    begin, end = span
    done, total, worst, last = 0, 0, 0, 0
    while last < begin:
        batch(lock, counter)
        total += BATCH
        last = time.monotonic_ns()
    while done == 0 or last < end:
        batch(lock, counter)
        total += BATCH
        done += BATCH
        now = time.monotonic_ns()
        worst = max(worst, now - last)
        last = now
    sections[me], everything[me], longest[me] = done, total, worst


def main():
    lock, counter = Lock(), RawValue("q", 0)
    uncontended(lock, counter, MEASURED // 8)
    parts = max(1, MEASURED // 4 // PART)
    print("uncontended", min(uncontended(lock, counter, PART) for _ in range(parts)))
    counter.value = 0
    sections, everything, longest = (RawArray("q", PROCESSES) for _ in range(3))
    start, span = Barrier(PROCESSES), RawArray("q", 2)
    processes = [
        Process(target=contend, args=(i, lock, counter, start, span, sections, everything, longest))
        for i in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode != 0 for process in processes) or counter.value != sum(everything):
        sys.exit("a process failed, or two were inside")
    print("contended sections", sum(sections) / (MEASURED / 1e9))
    print("contended share of the larger", 100 * max(sections) / sum(sections))
    print("contended longest wait", max(longest) / 1e6)


if __name__ == "__main__":
    main()
