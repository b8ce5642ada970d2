# As native/bench/outside_receive.c, with a handler in Python, which runs in the main thread: receive.py FILE USR1|USR2
# For Python 3.5 and later.
import mmap
import os
import select
import signal
import sys
import time

HEADER_WORDS = 512

with open(sys.argv[1], "r+b") as file:
    words = memoryview(mmap.mmap(file.fileno(), 0)).cast("q")
capacity = (len(words) - HEADER_WORDS) // 2
first = HEADER_WORDS + capacity
# Before 3.7 the same clock has only seconds; they are exact to some ten nanoseconds.
now_ns = getattr(time, "monotonic_ns", None) or (lambda: int(time.monotonic() * 1e9))


def on_signal(number, frame):
    handled_at = now_ns()
    before = words[0]
    if before < capacity:
        words[first + before] = handled_at
    words[0] = before + 1


# The interpreter runs on_signal between two instructions. A signal that arrives after its last check and before the
# system call would wait for the next one: the byte that the interpreter then writes to this pipe ends select().
woken, wake = os.pipe2(os.O_NONBLOCK)
signal.set_wakeup_fd(wake)
signal.signal(getattr(signal, "SIG" + sys.argv[2]), on_signal)
print("ready", os.getpid(), flush=True)
is_open = True
while is_open:
    ready = select.select([0, woken], [], [])[0]
    if woken in ready:
        os.read(woken, 4096)
    is_open = 0 not in ready or os.read(0, 1) != b""
print("handled", words[0], flush=True)
