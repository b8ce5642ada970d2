/* The two ends of the self-pipe. All under state.lock. */
#ifndef HELIOGRAPH_SIGNAL_PIPE_H
#define HELIOGRAPH_SIGNAL_PIPE_H

#include <stddef.h>

/* 0 or -errno. */
int heliograph_pipe_open(size_t pipe_bytes);

/* No handler may be writing: see heliograph_await_writers(). */
void heliograph_pipe_close(void);

#endif
