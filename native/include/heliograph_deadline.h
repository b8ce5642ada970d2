/*
 * The shutdown with a deadline, which native code keeps.
 *
 * A signal that is caught and given to heliograph_shutdown_on() begins the shutdown. The program then comes
 * to its orderly exit(3), with status 128 + signal. If the process has not ended by the deadline, a thread of
 * this library asks for a report, waits 500 ms for it at most, writes one line to standard error, and ends
 * the process with that status. A second such signal ends it at once, and so do TERM and INT unless they are
 * ignored. A shutdown that has begun cannot be cancelled.
 *
 * Each function returns 0 or -errno, unless it says otherwise, and any thread may call it.
 */
#ifndef HELIOGRAPH_DEADLINE_H
#define HELIOGRAPH_DEADLINE_H

#include "heliograph.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Starts the thread that keeps the deadline. -EALREADY if it runs. */
HELIOGRAPH_API int heliograph_shutdown_open(void);

/*
 * Ends that thread, and each wait below, which then returns 0. Blocks until they have ended, which is short.
 * -EBUSY if a shutdown has begun, -EBADF if the thread does not run.
 */
HELIOGRAPH_API int heliograph_shutdown_close(void);

/*
 * From now on an arrival of the signal begins the shutdown, if it is open. The process must end within so
 * many nanoseconds after the arrival in the handler (CLOCK_MONOTONIC); 0 is without a deadline. With
 * by_signal the process dies from the signal, instead of with a status: at the deadline, at a second signal,
 * and at the end of an exit(128 + signal). The last call for a signal holds.
 */
HELIOGRAPH_API int heliograph_shutdown_on(int signal, int64_t within_ns, int by_signal);

/* From now on an arrival of the signal begins nothing. -EBUSY if a shutdown has begun. */
HELIOGRAPH_API int heliograph_shutdown_off(int signal);

/* The signal that has begun the shutdown, or 0. */
HELIOGRAPH_API int heliograph_shutdown_begun_by(void);

/* Blocks until a signal begins the shutdown, and returns its number; 0 if the waits were ended. */
HELIOGRAPH_API int heliograph_shutdown_await_begin(void);

/* Blocks until the deadline, and returns the number of the signal; 0 if the waits were ended. */
HELIOGRAPH_API int heliograph_shutdown_await_deadline(void);

/* Ends these waits, and later ones. Signals and deadlines hold as before. */
HELIOGRAPH_API void heliograph_shutdown_end_waits(void);

/*
 * What the last line says about the threads that are at work: a text without a newline, cut after 3 KiB. Once
 * after the shutdown has begun, and once after the deadline, which then holds. -EALREADY after that, -EINVAL
 * before the shutdown.
 */
HELIOGRAPH_API int heliograph_shutdown_at_work(const char *text, size_t length);

/* After the deadline: the report is written, whole or not, so the thread need not wait any more. */
HELIOGRAPH_API int heliograph_shutdown_told(int is_whole);

/*
 * Independent of the above: from now on an exit(3) with status 128 + signal ends in death by the signal,
 * after all exit handlers, so that the parent sees the signal. The last call holds. -EINVAL for a signal that
 * cannot be caught, -ENOMEM.
 */
HELIOGRAPH_API int heliograph_die_by(int signal);

#ifdef __cplusplus
}
#endif

#endif
