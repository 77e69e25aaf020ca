"""CPython's Manager beside ours: microseconds for each operation, from one client."""
import multiprocessing
import sys
import time


def measure(name, seconds, operation):
    for _ in range(200):
        operation()
    start = time.perf_counter()
    count = 0
    while time.perf_counter() - start < seconds:
        for _ in range(50):
            operation()
        count += 50
    print(name, (time.perf_counter() - start) / count * 1e6)


def main():
    seconds = float(sys.argv[1])
    with multiprocessing.Manager() as manager:
        value = bytes(100)
        shared = manager.dict({"key": value})
        items = manager.list()
        lock = manager.Lock()
        queue = manager.JoinableQueue()

        def put():
            shared["key"] = value

        def pair():
            lock.acquire()
            lock.release()

        def append():
            items.append(value)

        def work():
            queue.put(value)
            queue.get()
            queue.task_done()

        measure("Manager dict get", seconds, lambda: shared["key"])
        measure("Manager dict put", seconds, put)
        measure("Manager lock acquire and release", seconds, pair)
        measure("Manager list append", seconds, append)
        measure("Manager queue put, get, task_done", seconds, work)


if __name__ == "__main__":
    main()
