"""CPython's Event or Condition, as the only argument says, between two processes, in turns.

Each line that it reads is a number of milliseconds: for so long it goes there and back, and prints a line of the nanoseconds
that each round took. It ends with its input.
"""
import sys
import time
from multiprocessing import Condition, Event, Process, RawValue

MS = 1_000_000
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


def take_turns(there_and_back):
    for line in sys.stdin:
        times, start, end = [], 0, time.monotonic_ns() + int(line) * MS
        while start < end:
            start = time.monotonic_ns()
            there_and_back()
            times.append(time.monotonic_ns() - start)
        print(*times, flush=True)


def events():
    there, back, ended = Event(), Event(), RawValue("b", 0)
    other = Process(target=answer_events, args=(there, back, ended), daemon=True)
    other.start()

    def there_and_back():
        there.set()
        back.wait()
        back.clear()

    take_turns(there_and_back)
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

    take_turns(there_and_back)
    with changed:
        turn.value = END
        changed.notify()
    other.join()


if __name__ == "__main__":
    {"Event": events, "Condition": turns}[sys.argv[1]]()
