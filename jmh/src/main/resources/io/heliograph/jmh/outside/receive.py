# As native/bench/outside_receive.c, with a handler in Python, which runs in the main thread: receive.py FILE USR1|USR2
# For Python 3.3 and later.
import mmap
import os
import signal
import sys
import time

HEADER_WORDS = 512

with open(sys.argv[1], "r+b") as file:
    words = memoryview(mmap.mmap(file.fileno(), 0)).cast("q")
capacity = (len(words) - HEADER_WORDS) // 2
first = HEADER_WORDS + capacity
# Before 3.7 there is the same clock in seconds only, which is right to some ten nanoseconds.
now_ns = getattr(time, "monotonic_ns", None) or (lambda: int(time.monotonic() * 1e9))


def on_signal(number, frame):
    handled_at = now_ns()
    before = words[0]
    if before < capacity:
        words[first + before] = handled_at
    words[0] = before + 1


def is_input_open():
    try:
        return bool(os.read(0, 1))
    except InterruptedError:  # before 3.5, by each signal
        return True


signal.signal(getattr(signal, "SIG" + sys.argv[2]), on_signal)
print("ready", os.getpid(), flush=True)
while is_input_open():
    pass
print("handled", words[0], flush=True)
