/*
 * The hops of Heliograph with nothing else: a handler that writes the 64 bytes of a record to a pipe, and a
 * thread that reads them.
 */
#ifndef HELIOGRAPH_BENCH_SELF_PIPE_H
#define HELIOGRAPH_BENCH_SELF_PIPE_H

#include <pthread.h>
#include <signal.h>

/*
 * Catches the signal, opens the pipe and starts the reader. `spinning` makes it poll instead of sleep: a
 * count in memory, which takes no system call, and not the pipe.
 */
void self_pipe_open(int signal, int spinning);

/* To the calling thread, by the system calls of Heliograph's raise. */
void self_pipe_raise(int signal);

/* Ends a reader that polls, and returns when it has ended. The signal must not come any more. */
void self_pipe_close(void);

/* How many records the reader has taken. */
long self_pipe_taken(void);

/* Spins until the reader has taken so many in all; ends the program if it does not. */
void self_pipe_await(long taken);

/* Starts a thread that ends with the program. */
void self_pipe_thread(void *(*body)(void *));

/* Blocks or unblocks the signal in the calling thread: SIG_BLOCK, SIG_UNBLOCK. */
void self_pipe_mask(int how, int signal);

/* What the reader does with each record. To be called before the pipe is opened. */
void self_pipe_on_record(void (*worker)(void));

#endif
