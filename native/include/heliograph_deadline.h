/*
 * The shutdown with a deadline, which native code keeps.
 *
 * A signal that is caught or observed and given to heliograph_shutdown_on() requests the shutdown. It begins
 * at once, or after a hold. The program then comes to its orderly exit(3), with status 128 + signal. If the
 * process has not ended by the deadline, a thread of this library asks for a report, waits 500 ms for it at
 * most, writes one line to standard error, and ends the process with that status. A second request ends a
 * hold, or the process; TERM and INT are requests too, unless they are ignored. A shutdown that has begun
 * cannot be cancelled.
 *
 * Times count from the arrival in the handler, and do not count while the process is stopped, frozen or
 * suspended.
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

/* What one signal asks of the shutdown. */
struct heliograph_shutdown_terms {
  int64_t within_ns; /* the process must have ended; 0: no deadline */
  int64_t hold_ns;   /* the shutdown begins at the latest; 0: at once */
  int by_signal;     /* die from the signal: at the deadline, at a second request, after exit(128 + signal) */
  int status;        /* of the process after exit(128 + signal), 0 to 255; below 0: that */
  int ignores_second; /* a second request changes nothing */
  int is_left_to_app; /* a signal that was ignored before requests nothing */
};

/* From now on the signal requests the shutdown, if it is open. The last call for a signal holds. */
HELIOGRAPH_API int heliograph_shutdown_on(int signal, const struct heliograph_shutdown_terms *terms);

/* From now on an arrival of the signal begins nothing. -EBUSY if a shutdown is requested. */
HELIOGRAPH_API int heliograph_shutdown_off(int signal);

/* The signal that has requested the shutdown, or 0. */
HELIOGRAPH_API int heliograph_shutdown_requested_by(void);

/* Whether the shutdown is requested and still held. */
HELIOGRAPH_API int heliograph_shutdown_is_held(void);

/* Ends the hold: the shutdown begins now. -EINVAL if none is held. */
HELIOGRAPH_API int heliograph_shutdown_release(void);

/* What has ended the hold. */
enum heliograph_hold_end {
  HELIOGRAPH_HOLD_NOT_ENDED,
  HELIOGRAPH_HOLD_RELEASED,
  HELIOGRAPH_HOLD_REQUEST, /* a second one */
  HELIOGRAPH_HOLD_TIME,
};
HELIOGRAPH_API int heliograph_shutdown_hold_end(void);

/* The running time since the first request, in nanoseconds; 0 before it. It is right to 100 ms. */
HELIOGRAPH_API int64_t heliograph_shutdown_running_ns(void);

/*
 * The process lives on without the program that would end in order, as after the destruction of a JVM: ends
 * the shutdown, even one that has begun, and puts back what it has set.
 */
HELIOGRAPH_API void heliograph_shutdown_abandon(void);

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

/*
 * The status of the exit(3) that the caller is about to call. The library needs it where the C library has no
 * on_exit(3), as musl. Elsewhere it learns the status itself, and this call changes nothing.
 */
HELIOGRAPH_API void heliograph_will_exit(int status);

/* One arrival of a signal that requests an end. */
struct heliograph_request {
  int64_t arrived_ns; /* CLOCK_MONOTONIC */
  int signal;
  int is_from_kernel; /* si_code is above 0 (sigaction(2)) */
};

/*
 * Whether an arrival is another request than the last one, or only a repeat of it. What arrives within 500 ms
 * is a repeat, except that two keys of the terminal are two requests. HUP and XCPU from the kernel are never
 * another request. Async-signal-safe; 0 or 1.
 */
HELIOGRAPH_API int heliograph_is_another_request(const struct heliograph_request *last,
                                                 const struct heliograph_request *next);

#ifdef __cplusplus
}
#endif

#endif
