"""CPython's Process by spawn, which starts an interpreter as a worker starts a JVM: prints a line 'name milliseconds'.

The first argument is how often. Medians; one start before them does not count.
"""
import sys
import time
from multiprocessing import get_context

TURNS = int(sys.argv[1])


def target(ran):
    ran.value = time.monotonic_ns()


def main():
    context = get_context("spawn")
    ran = context.RawValue("q", 0)
    until_it_runs, until_it_ended = [], []
    for turn in range(-1, TURNS):
        begin = time.monotonic_ns()
        process = context.Process(target=target, args=(ran,))
        process.start()
        process.join()
        end = time.monotonic_ns()
        if process.exitcode != 0:
            sys.exit("a process failed")
        if turn >= 0:
            until_it_runs.append(ran.value - begin)
            until_it_ended.append(end - begin)
    for name, times in ("until it runs", until_it_runs), ("start and end", until_it_ended):
        print("Process by spawn,", name, sorted(times)[TURNS // 2] / 1e6)


if __name__ == "__main__":
    main()
