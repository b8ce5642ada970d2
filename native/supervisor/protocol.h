/*
 * The protocol between a JVM and its supervisors. A supervisor writes records into the JVM's one pipe for all
 * supervisors. The JVM sends signals to a supervisor; the kernel says who sent them.
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
  SUPERVISOR_EMPTY = 8,   /* no process of the tree is left; the last record */
  SUPERVISOR_LEFT = 9,    /* the JVM itself writes it when it has seen the supervisor's end */
  SUPERVISOR_DENIED = 10, /* value: the pid of a process that is left and cannot be killed; once */
};

/*
 * An order to signal the tree: sigqueue(3) with the number of the signal and the flags below. As
 * NativeProcess has the flags. SIGRTMIN differs between glibc (34) and musl (35), so this does not count from
 * it: the JVM's C library need not be the supervisor's.
 */
#define SUPERVISOR_ORDER 54
#define SUPERVISOR_SIGNAL_MASK 0xff
#define SUPERVISOR_PASSED_ON 0x100 /* the JVM received the signal itself, and passes it on */
#define SUPERVISOR_WAKE 0x200      /* stopped processes continue after the signal: they could not handle it */
#define SUPERVISOR_FROM_KERNEL 0x400 /* the kernel sent it to the JVM, as the terminal's Ctrl-C */

/*
 * An order to kill the tree, by kill(2): the kernel has room for it even where the user's queue of signals is
 * full. Where that queue is full, the JVM gives its other orders by kill(2) with the signal itself.
 */
#define SUPERVISOR_FORCE SIGSYS

#endif
