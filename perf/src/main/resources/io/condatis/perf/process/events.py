"""CPython's Event and Condition between two processes: prints a line 'name microseconds' for each percentile.

The first argument is how many milliseconds each is timed.
"""
import sys
import time
from multiprocessing import Condition, Event, Process, RawValue

MS = 1_000_000
MEASURED = int(sys.argv[1]) * MS
WARM_ROUNDS = 200
MINE, YOURS, END = range(3)


def answer_events(there, back, ended):
    while True:
        there.wait()
        if ended.value:
            return
        there.clear()
        back.set()


def answer_turns(changed, turn):
    with changed:
        while turn.value != END:
            if turn.value == YOURS:
                turn.value = MINE
                changed.notify()
            changed.wait()


def report(name, there_and_back):
    for _ in range(WARM_ROUNDS):
        there_and_back()
    times, end = [], time.monotonic_ns() + MEASURED
    while not times or start < end:
        start = time.monotonic_ns()
        there_and_back()
        times.append(time.monotonic_ns() - start)
    times.sort()
    for percentile in 50, 99:
        print(f"{name} there and back p{percentile}", times[len(times) * percentile // 100] / 1e3)


def events():
    there, back, ended = Event(), Event(), RawValue("b", 0)
    other = Process(target=answer_events, args=(there, back, ended), daemon=True)
    other.start()

    def there_and_back():
        there.set()
        back.wait()
        back.clear()

    report("Event", there_and_back)
    ended.value = 1
    there.set()
    other.join()


def turns():
    changed, turn = Condition(), RawValue("b", MINE)
    other = Process(target=answer_turns, args=(changed, turn), daemon=True)
    other.start()

    def there_and_back():
        with changed:
            turn.value = YOURS
            changed.notify()
            while turn.value == YOURS:
                changed.wait()

    report("Condition", there_and_back)
    with changed:
        turn.value = END
        changed.notify()
    other.join()


if __name__ == "__main__":
    events()
    turns()
