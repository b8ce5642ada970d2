/* The shutdown with a deadline, of the C API: heliograph.h is the rest. */
#ifndef HELIOGRAPH_SHUTDOWN_API_H
#define HELIOGRAPH_SHUTDOWN_API_H

#include "heliograph.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The shutdown with a deadline that native code keeps. A signal that is given to heliograph_shutdown_on() and
 * caught begins it; somebody then brings the process to its orderly exit(3), with status 128 + signal.
 * If the process has not ended by the deadline, whatever it hangs in, the library's own thread asks for a
 * report, waits for it for 500 ms at most, writes a line to standard error and ends the process with that
 * status. A second such signal, and TERM and INT where they are not ignored, ends it at once. Once begun it
 * cannot be called off.
 */

/* Starts the thread that keeps the deadline, before any signal comes. -EALREADY where it is open. */
HELIOGRAPH_API int heliograph_shutdown_open(void);

/*
 * Ends that thread, and every wait in a function below, which then returns 0. -EBUSY where a shutdown has
 * begun, -EBADF where it is not open. Blocks until they have ended, which they do at once.
 */
HELIOGRAPH_API int heliograph_shutdown_close(void);

/*
 * From now on an arrival of the signal begins the shutdown. It is to end within so many nanoseconds after its
 * arrival in the handler, 0 for any time; with by_signal it dies by the signal instead of exiting, at the
 * deadline, at a second signal and at the end of an exit(128 + signal). The last call for a signal holds.
 * Nothing begins while it is not open.
 */
HELIOGRAPH_API int heliograph_shutdown_on(int signal, int64_t within_ns, int by_signal);

/* From now on an arrival of the signal begins nothing. -EBUSY where a shutdown has begun. */
HELIOGRAPH_API int heliograph_shutdown_off(int signal);

/* The signal that has begun the shutdown; 0 where none has. */
HELIOGRAPH_API int heliograph_shutdown_begun_by(void);

/* Waits for the signal that begins the shutdown and returns its number; 0 where it was closed, or the waits
 * ended. */
HELIOGRAPH_API int heliograph_shutdown_await_begin(void);

/* Waits for the deadline and returns the number of the signal; 0 where it was closed, or the waits ended. */
HELIOGRAPH_API int heliograph_shutdown_await_deadline(void);

/*
 * Ends these waits, the later ones too: whoever waits is needed elsewhere. Signals and deadlines hold as
 * before. Any thread.
 */
HELIOGRAPH_API void heliograph_shutdown_end_waits(void);

/*
 * What the last line is to say of those who are at work, without a newline, and cut where it is above 3 KiB:
 * once when the shutdown has begun, and once after the deadline, which then holds. -EALREADY after that,
 * -EINVAL before it has begun.
 */
HELIOGRAPH_API int heliograph_shutdown_at_work(const char *text, size_t length);

/* After the deadline: the report is written, whole or not, and nothing more is to be waited for. */
HELIOGRAPH_API int heliograph_shutdown_told(int is_whole);

/*
 * Without any of the above: from now on an exit(3) with status 128 + signal ends, after all that it runs, in
 * death by the signal, so that the parent sees that it was one. The last call holds. -EINVAL for a signal
 * that cannot be caught, -ENOMEM.
 */
HELIOGRAPH_API int heliograph_die_by(int signal);

#ifdef __cplusplus
}
#endif

#endif
