/*
 * A file with the last words of this process: how far it has come, and how it ended.
 *
 * The file says "running" from the beginning on, so that who finds it later can tell a process that never
 * came to its end. A thread of this library writes it. The thread runs C alone, so that a virtual machine
 * that hangs, or has no memory left, delays nothing. The file is written aside and renamed. It is written in
 * place where that cannot be: in a folder without permission, on a full disk, for a device, and for a file
 * that is a mount of its own.
 *
 * Each function returns 0 or -errno, unless it says otherwise, and any thread may call it. In the child of a
 * fork they do nothing.
 */
#ifndef HELIOGRAPH_REPORT_H
#define HELIOGRAPH_REPORT_H

#include "heliograph.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The most bytes of the file. Kubernetes shows no more of a termination message. */
#define HELIOGRAPH_REPORT_BYTES 4096

/* What happens on the way to the end, in order. */
enum heliograph_report_step {
  HELIOGRAPH_REPORT_ARRIVED,    /* a signal that may end the process */
  HELIOGRAPH_REPORT_DRAINED,    /* a delay before the exit is over */
  HELIOGRAPH_REPORT_EXIT_BEGUN, /* the exit, and with it its hooks */
  HELIOGRAPH_REPORT_VM_STOPPED, /* after its shutdown hooks, or without them (Runtime.halt) */
  HELIOGRAPH_REPORT_DEADLINE,   /* it is over, and the process has not ended */
  HELIOGRAPH_REPORT_SECOND,     /* a signal that was taken for a second request */
  HELIOGRAPH_REPORT_STEPS,
};

/*
 * Writes the file for the first time, and keeps it current from now on. It replaces an earlier call's file.
 *
 * began_ns is when the process began (CLOCK_REALTIME). Returns 1 if another process that lives keeps the same
 * file, which is then written all the same.
 */
HELIOGRAPH_API int heliograph_report_open(const char *path, int json, int64_t began_ns);

/* Writes that the process lives on and keeps no report any more. Blocks for half a second at most. */
HELIOGRAPH_API int heliograph_report_close(void);

/*
 * What stands in the file beside what this library knows by itself: lines of printable ASCII. A line that
 * does not fit is left out, with those behind it. As JSON, a line is "name":value.
 *
 * A line that begins with HELIOGRAPH_REPORT_UNLESS_IN_ORDER is left out where the process ends in order. A
 * line of HELIOGRAPH_REPORT_STEPS_HERE alone stands for the steps; without it they come first.
 *
 * The file has it from the next write on. The end of the process is a write.
 */
HELIOGRAPH_API int heliograph_report_set(const char *text, size_t length);
#define HELIOGRAPH_REPORT_UNLESS_IN_ORDER 11 /* \v */
#define HELIOGRAPH_REPORT_STEPS_HERE 12      /* \f */

/*
 * Notes a step, at a time of CLOCK_MONOTONIC; 0: now. An arrival within half a second after another one is
 * the same. A later one takes its place as long as the exit has not begun. Of second requests the last one
 * counts, of any other step the first. Async-signal-safe.
 */
HELIOGRAPH_API int heliograph_report_step(int step, int signal, int64_t at_ns);

/* Has the file written soon. Async-signal-safe. */
HELIOGRAPH_API int heliograph_report_write(void);

/* -errno of the last write; 0 if it went well. */
HELIOGRAPH_API int heliograph_report_failure(void);

#ifdef __cplusplus
}
#endif

#endif
