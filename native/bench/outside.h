/*
 * Signals from outside: what the sender and whoever is signalled have in common, a file that both map. It is
 * the only thing between them beside the signals: to stamp and to acknowledge takes two stores and no system
 * call.
 *
 *   bytes 0 to 7         how many signals have been handled: the acknowledgement
 *   bytes 4096 and on    for each signal, when it was sent; behind these, for each, when it was handled
 *
 * Times are CLOCK_MONOTONIC's, in nanoseconds, the clock of System.nanoTime(). The length of the file says
 * how many there are. All in the machine's byte order.
 */
#ifndef HELIOGRAPH_BENCH_OUTSIDE_H
#define HELIOGRAPH_BENCH_OUTSIDE_H

#include <stdatomic.h>
#include <stdint.h>

enum { OUTSIDE_HEADER_BYTES = 4096 };

struct outside {
  _Atomic(int64_t) *handled;
  int64_t *sent_at;
  int64_t *handled_at;
  int64_t capacity;
};

/* Maps the file, or says why not and ends the program. */
struct outside outside_map(const char *path);

/* The number of "USR1" or "USR2", or the end of the program with status 64. */
int outside_signal(const char *name, const char *usage);

/* What a worker does with a signal: stamps, and acknowledges. What is one too many is counted, and so is
 * found out. */
void outside_note(const struct outside *outside, int64_t handled_at);

#endif
