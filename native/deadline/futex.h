/* A thread sleeps on a word until another wakes it: futex(2). */
#ifndef HELIOGRAPH_DEADLINE_FUTEX_H
#define HELIOGRAPH_DEADLINE_FUTEX_H

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/*
 * Sleeps while the word has this value: until a wake, a signal or this time (CLOCK_MONOTONIC; below 0: for
 * ever). The caller then looks again at what it waits for.
 */
static inline void heliograph_futex_wait(_Atomic(uint32_t) *word, uint32_t value, int64_t until_ns) {
  struct timespec until = {.tv_sec = until_ns / 1000000000, .tv_nsec = until_ns % 1000000000};
  syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, value, until_ns < 0 ? NULL : &until, NULL,
          FUTEX_BITSET_MATCH_ANY);
}

/* Wakes all. Async-signal-safe: it is one system call. */
static inline void heliograph_futex_wake(_Atomic(uint32_t) *word) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

#endif
