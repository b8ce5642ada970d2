/*
 * What the JVM and a supervisor say to each other. The supervisor writes records into the JVM's one pipe for
 * all supervisors; the JVM asks by signals, which tell who sent them.
 */
#ifndef HELIOGRAPH_SUPERVISOR_PROTOCOL_H
#define HELIOGRAPH_SUPERVISOR_PROTOCOL_H

#include <signal.h>
#include <stdint.h>

/* As io.heliograph.internal.process.StatusPipe reads it. Less than PIPE_BUF: written whole. */
struct supervisor_record {
  int32_t id; /* the JVM's own number for the process */
  int32_t kind;
  int32_t pid; /* of the command */
  int32_t value;
};

/* As io.heliograph.internal.process.StatusPipe numbers them. */
enum {
  SUPERVISOR_STARTED = 1, /* the command's own program runs */
  SUPERVISOR_FAILED = 2,  /* value: errno; there is no command, and no record follows */
  SUPERVISOR_EXITED = 3,  /* value: the exit status */
  SUPERVISOR_KILLED = 4,  /* value: the signal, here and in the next two */
  SUPERVISOR_DUMPED = 5,  /* killed, with a core dump */
  SUPERVISOR_STOPPED = 6,
  SUPERVISOR_CONTINUED = 7,
  SUPERVISOR_EMPTY = 8,   /* nobody of the tree is left; the last */
  SUPERVISOR_LEFT = 9,    /* written by the JVM itself, when it has seen the supervisor's end */
  SUPERVISOR_DENIED = 10, /* value: the pid of one of those that are left, who cannot be killed; once */
  SUPERVISOR_CAME =
      11, /* value: a signal that others than the JVM have sent us by now, before an end is told */
};

/*
 * The tree is to be told a signal: sigqueue(3) with the signal's number, the bits below, and above these the
 * moment at which the JVM was sent the signal itself: milliseconds of CLOCK_MONOTONIC, without their high
 * bits.
 */
#define SUPERVISOR_ASK (SIGRTMIN + 20)
#define SUPERVISOR_SIGNAL_MASK 0xff
#define SUPERVISOR_SENT 0x100 /* the JVM was sent it, then: who has been sent it, too, has it already */
#define SUPERVISOR_WAKE 0x200 /* whoever is stopped is to go on, for he would not hear it */
#define SUPERVISOR_MOMENT_SHIFT 10
#define SUPERVISOR_MOMENT_MASK 0x1fffff /* half an hour */

static inline int supervisor_moment(int64_t ms) {
  return (int)(ms & SUPERVISOR_MOMENT_MASK) << SUPERVISOR_MOMENT_SHIFT;
}

/* The last such moment before. */
static inline int64_t supervisor_moment_ms(int value, int64_t now_ms) {
  return now_ms - ((now_ms - (value >> SUPERVISOR_MOMENT_SHIFT)) & SUPERVISOR_MOMENT_MASK);
}

/*
 * The tree is to be killed: kill(2), for which the kernel always has room, even where the user's queue of
 * signals is full.
 */
#define SUPERVISOR_FORCE SIGSYS

/*
 * Where that queue is full, the JVM asks by the signal itself, and sends this one before: from then on, what
 * comes from the JVM without a value is such an ask. Without it, the JVM has signalled its process group.
 */
#define SUPERVISOR_PLAIN SIGSTKFLT

#endif
