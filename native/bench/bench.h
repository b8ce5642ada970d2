/*
 * What the floors share: the clock, the percentiles, and the line of JSON that a program leaves on standard
 * output, which is a Measurement of jmh/ (report/Measurement.java).
 */
#ifndef HELIOGRAPH_BENCH_H
#define HELIOGRAPH_BENCH_H

#include <stdint.h>

/* CLOCK_MONOTONIC, which is System.nanoTime()'s on Linux. */
int64_t bench_now_ns(void);

/* Says how the program is called, and ends it with status 64. */
_Noreturn void bench_usage(const char *usage);

/* The number of an argument, at least 1, or the end of the program with status 64. */
long bench_number(const char *text, const char *usage);

/* Room for so many samples, in nanoseconds. */
int64_t *bench_samples(long count);

/* Says what failed, with errno, and ends the program with status 1. */
_Noreturn void bench_fail(const char *what);

/* The same for a check that does not hold; as printf. */
_Noreturn void bench_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* For loops that wait: what Thread.onSpinWait() is in Java, so that both wait alike. */
static inline void bench_relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/* Ends the program where more than ten seconds have passed since. Call it now and then while spinning. */
void bench_give_up(int64_t since_ns, const char *waiting_for);

/*
 * Sorts the samples and prints the line. `check` says what was verified: "20000 raised, 20000 handled, 0
 * lost".
 */
void bench_print(const char *question, const char *contender, int64_t *nanos, long count, const char *check);

#endif
