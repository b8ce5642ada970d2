# As native/bench/outside_receive.c, with a handler in Python, which runs in the main thread: receive.py FILE USR1|USR2
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


def on_signal(number, frame):
    handled_at = time.monotonic_ns()
    before = words[0]
    if before < capacity:
        words[first + before] = handled_at
    words[0] = before + 1


signal.signal(signal.Signals["SIG" + sys.argv[2]], on_signal)
print("ready", os.getpid(), flush=True)
while os.read(0, 1):
    pass
print("handled", words[0], flush=True)
