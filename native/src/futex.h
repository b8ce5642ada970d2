/* Sleeping on a word until it changes, and waking who sleeps: futex(2). */
#ifndef HELIOGRAPH_FUTEX_H
#define HELIOGRAPH_FUTEX_H

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/*
 * Sleeps while the word has this value, until a wake, a signal or the time (CLOCK_MONOTONIC; below 0: without
 * end). The caller looks again at what it waits for.
 */
static inline void heliograph_futex_wait(_Atomic(uint32_t) *word, uint32_t value, int64_t until_ns) {
  struct timespec until = {.tv_sec = until_ns / 1000000000, .tv_nsec = until_ns % 1000000000};
  syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, value, until_ns < 0 ? NULL : &until, NULL,
          FUTEX_BITSET_MATCH_ANY);
}

/* Wakes all. A system call and no more: async-signal-safe. */
static inline void heliograph_futex_wake(_Atomic(uint32_t) *word) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

#endif
