/*
 * Heliograph: POSIX signals through a self-pipe.
 *
 * One instance a process image: the library owns one pipe, one handler function and one slot for each
 * signal number. A caught signal becomes one fixed-size record in the pipe; one thread, the dispatcher,
 * reads records with heliograph_read().
 *
 * Every function returns 0 or a count, or -errno. None of them may be called from a signal handler. Unless a
 * function says otherwise, any thread may call it, at any time, and it does not block. What needs the pipe
 * answers -EBADF before heliograph_open() and after heliograph_close().
 */
#ifndef HELIOGRAPH_H
#define HELIOGRAPH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HELIOGRAPH_API __attribute__((visibility("default")))

#define HELIOGRAPH_VERSION "0.1.0"

/* What happened, besides the number of the signal, to the arrival that a record tells of. */
enum heliograph_record_flag {
  /* The signal was observed and its default action is still due: see heliograph_meet_default(). */
  HELIOGRAPH_DEFAULT_DUE = 1,
  /* Not one arrival but `count` of them, whose details did not fit into the pipe. */
  HELIOGRAPH_LOST = 2,
  /* The sender asks the JVM to let it in: see heliograph_leave_attach(). */
  HELIOGRAPH_ATTACHES = 4,
};

/* How a signal came about: si_code, classified. */
enum heliograph_cause {
  HELIOGRAPH_SENT,          /* kill(2), tgkill(2): pid, uid; pid 0 where the sender is not known */
  HELIOGRAPH_QUEUED,        /* sigqueue(3) and its like: pid and uid as the sender filled them in, value */
  HELIOGRAPH_CHILD_CHANGED, /* SIGCHLD: pid and uid of the child, status */
  HELIOGRAPH_TIMER_EXPIRED, /* timer_create(2): value, status */
  HELIOGRAPH_FROM_KERNEL,   /* the terminal, a limit, a descriptor that is ready */
};

/* One arrival of a signal. 64 bytes: 64 divides a page, so no end of a pipe's page is wasted. */
struct heliograph_record {
  int32_t signal;
  int32_t code;       /* si_code */
  int32_t pid;        /* si_pid: of the sender, or of the child for SIGCHLD; 0 where the kernel gives none */
  uint32_t uid;       /* si_uid: the sender's real user id */
  int32_t value;      /* si_value.sival_int of sigqueue() or of a timer; else 0 */
  int32_t status;     /* si_status for SIGCHLD, si_overrun for a timer; else 0 */
  uint64_t sequence;  /* place in the order of arrival over all signals, from 1: the pipe's order */
  int64_t arrived_ns; /* CLOCK_MONOTONIC, read in the handler */
  uint32_t flags;     /* enum heliograph_record_flag */
  int32_t cause;      /* enum heliograph_cause: which of the members above hold */
  uint64_t count;     /* 1, or for HELIOGRAPH_LOST the number of arrivals that were lost */
  int32_t sender;     /* for heliograph_sender_of(); 0 where the handler has not looked at the sender */
  uint32_t reserved;
};

/* What is known of a process. */
enum heliograph_process_flag {
  HELIOGRAPH_PROCESS_KNOWN = 1,   /* parent, started and command hold */
  HELIOGRAPH_PROCESS_HAS_UID = 2, /* uid holds */
  HELIOGRAPH_PROCESS_ENDED = 4,   /* there was no such process any more */
};

/* A process, as /proc shows it (proc_pid_stat(5)). What it says of itself is not to be trusted. */
struct heliograph_process {
  int32_t pid;
  int32_t parent;
  uint64_t started; /* in clock ticks since boot: no other process has this pid and this start */
  uint32_t uid;     /* the real one */
  uint32_t flags;   /* enum heliograph_process_flag */
  uint32_t command_length;
  uint32_t arguments_length;
  char command[64];    /* the name of its main thread */
  char arguments[512]; /* the sender's command line, a NUL behind each argument; cut where it is longer */
};

#define HELIOGRAPH_MOST_ANCESTORS 8

/* A process, and those above it: its parent first. */
struct heliograph_lineage {
  uint32_t count;
  uint32_t reserved;
  struct heliograph_process processes[1 + HELIOGRAPH_MOST_ANCESTORS];
};

/* The ledger of one signal. Once the pipe is drained, arrived = dispatched + lost. */
struct heliograph_counts {
  uint64_t arrived;    /* handler runs that took the signal for us */
  uint64_t dispatched; /* records that heliograph_read() gave out */
  uint64_t lost;       /* arrivals that found the pipe full */
};

enum heliograph_kind { HELIOGRAPH_KIND_DEFAULT, HELIOGRAPH_KIND_IGNORED, HELIOGRAPH_KIND_CAUGHT };

/* Whether a signal's disposition is this library's doing. */
enum heliograph_hold {
  HELIOGRAPH_HOLD_NONE,
  HELIOGRAPH_HOLD_HELD,    /* caught, observed, ignored or left to its default through this library */
  HELIOGRAPH_HOLD_BENEATH, /* restored, but somebody else's handler above ours may still call ours */
};

/* What the kernel does with a signal now. */
struct heliograph_disposition {
  int32_t kind;      /* enum heliograph_kind */
  int32_t ours;      /* 1 where this library's handler is the one that the kernel calls */
  char library[240]; /* the file that holds the handler (dladdr), empty where not known */

  int32_t hold;      /* enum heliograph_hold: unless none, these tell what lies beneath ours */
  int32_t installed; /* enum heliograph_kind of what this library gave to the kernel last */
  int32_t on_top;    /* 1 where that is still what the kernel has */
  int32_t beneath;   /* enum heliograph_kind of what was there before: it is chained to and put back */
  char beneath_library[240];
};

/* The version of the library, to be compared with HELIOGRAPH_VERSION of the header. */
HELIOGRAPH_API const char *heliograph_version(void);

/* The largest signal number of this platform (SIGRTMAX). */
HELIOGRAPH_API int heliograph_max_signal(void);

/* The name without SIG ("TERM", "RTMIN+3"), or NULL where the number is no signal that a program may use. */
HELIOGRAPH_API const char *heliograph_signal_name(int signal);

/*
 * Makes the pipe, of up to pipe_bytes (0: the largest that the kernel allows, at most 1 MiB). -EALREADY where
 * it is open. The capacity in records is at most what heliograph_capacity() then tells.
 */
HELIOGRAPH_API int heliograph_open(size_t pipe_bytes);

/* How many records the pipe holds. */
HELIOGRAPH_API int heliograph_capacity(void);

/*
 * Restores every disposition that is ours, waits for handlers that are at work (they do not block), and
 * closes the pipe. No thread may be inside heliograph_read(): wake it and join it first. -EBADF where it is
 * not open.
 */
HELIOGRAPH_API int heliograph_close(void);

/*
 * The dispositions. Each takes effect for the whole process at once; the last call for a signal holds. What
 * was there before the first of them is kept, and heliograph_restore() puts it back exactly, with mask and
 * flags. -EINVAL for numbers that are no signal, for KILL and STOP, for the synchronous faults (SEGV, BUS,
 * FPE, ILL) and for the C library's own signals.
 *
 * A signal that is blocked in the calling thread when it is caught or observed is unblocked in the
 * dispatcher's thread, and there alone, at its next heliograph_read().
 */

/* Records each arrival; nothing else happens. */
HELIOGRAPH_API int heliograph_catch(int signal);

/*
 * Records each arrival; then what was there before happens. A handler is called (chained) in ours, with the
 * same three arguments. Where it was the default action, and this ends or stops the process, the record says
 * HELIOGRAPH_DEFAULT_DUE. A signal that was ignored stays ignored, and is not seen: a handler in its place
 * would not be inherited by programs that the process starts, and SIG_IGN is.
 */
HELIOGRAPH_API int heliograph_observe(int signal);

/* Records each arrival; then the default action is due, whatever was there before. */
HELIOGRAPH_API int heliograph_observe_default(int signal);

/* SIG_IGN: the kernel discards the signal. But see heliograph_leave_timers(). */
HELIOGRAPH_API int heliograph_ignore(int signal);

/* SIG_DFL: the kernel does the default action. But see heliograph_leave_timers(). */
HELIOGRAPH_API int heliograph_default(int signal);

/*
 * Puts back what was there before. When it returns, every arrival that our handler took is in the pipe or
 * counted as lost, and every later one meets the old disposition. A handler that somebody else has put above
 * ours is left alone, and ours, if that one calls it, passes the signal on. 0 too where nothing was changed.
 */
HELIOGRAPH_API int heliograph_restore(int signal);

/*
 * Waits for handlers of the signal that are on their way into the pipe; they do not block. When it returns,
 * every arrival that was stamped before the call is in the pipe or counted as lost.
 */
HELIOGRAPH_API int heliograph_settle(int signal);

/* The same for so many nanoseconds at most; -ETIMEDOUT where a handler takes longer. */
HELIOGRAPH_API int heliograph_settle_within(int signal, int64_t most_ns);

/*
 * Declares a signal that the previous handler's owner sends to threads of this very process for its own ends
 * (HotSpot: SIGUSR2). Such an arrival (SI_TKILL from this process) is passed on and never recorded; any other
 * arrival is never passed on to that handler. To be called before the signal is caught.
 */
HELIOGRAPH_API int heliograph_set_private(int signal);

/*
 * What else the previous handler's owner lives on, where there is such a handler: it is passed on, whatever
 * we do with the signal, and not recorded. To be called before the signal is caught.
 *
 * heliograph_leave_timers: what a timer or the kernel sends, as a profiler has them send SIGPROF.
 * heliograph_leave_attach: what a process sends that asks a JVM to let it in: SIGQUIT while there is a file
 * .attach_pidPID. Recorded where the signal is observed. For the process that calls it, not for a child of
 * fork().
 *
 * Of such a signal, and of a private one, heliograph_ignore() and heliograph_default() are our handler's
 * doing, not SIG_IGN and SIG_DFL in the kernel, for these would take the owner's arrivals too.
 */
HELIOGRAPH_API int heliograph_leave_timers(int signal);
HELIOGRAPH_API int heliograph_leave_attach(int signal);

/*
 * Whether the handler looks at the senders of a standard signal: off at first. It then reads /proc/PID/stat,
 * the beginning of /proc/PID/cmdline and the parent's stat, some 60 microseconds in the thread that it
 * interrupts, unless the kernel or this process has sent the signal. Arrivals of one sender less than 20
 * microseconds apart share a look. In the long run there are 200 looks a second, after a first 500; further
 * arrivals have no details. The command line is in the sender's memory: the read may wait for its mmap lock
 * and for a page that is swapped out, and so may heliograph_restore() and heliograph_close(). Nothing is seen
 * where /proc is not that of this pid namespace. -EINVAL where the number is no signal.
 */
HELIOGRAPH_API int heliograph_look_at_senders(int signal, int wanted);

/*
 * What the handler saw of the sender of a record, and what /proc says now of the processes above it, without
 * their command lines. To be called by the thread that reads, with the `sender` of a record that the last
 * heliograph_read() gave out; -ENOENT for another. Reads two small files for each process, and waits for none
 * of them.
 */
HELIOGRAPH_API int heliograph_sender_of(int32_t sender, struct heliograph_lineage *lineage);

/* The same for any process, looked at now, with so many ancestors at most. -ESRCH where /proc does not show
 * it. */
HELIOGRAPH_API int heliograph_lineage_of(pid_t pid, unsigned most_ancestors,
                                         struct heliograph_lineage *lineage);

/* When a process started, in clock ticks since boot; -ESRCH where /proc does not show it. */
HELIOGRAPH_API int64_t heliograph_started(pid_t pid);

/*
 * Whether the thread that reads asks the kernel for a short time slice (Linux 6.12 and later,
 * sched_setattr(2)): woken on a busy machine, it then runs before threads with longer slices, and has the
 * same share of the processor. Off at first; takes effect at the next heliograph_read(). Threads and
 * processes that it starts do not inherit it. It does nothing on an older kernel, for a thread that is not
 * scheduled by SCHED_OTHER, or that has a negative nice value.
 */
HELIOGRAPH_API int heliograph_set_short_slice(int is_short);

/*
 * Whether heliograph_read() sleeps until there is a record (the default), or polls for some microseconds and
 * then returns 0, for a dispatcher that spins.
 */
HELIOGRAPH_API int heliograph_set_blocking(int blocking);

/*
 * Reads up to max records (at least one) into records and returns how many; 0 where it was woken, or where it
 * polls and none has come. To be called from one thread at a time, the dispatcher.
 */
HELIOGRAPH_API ssize_t heliograph_read(struct heliograph_record *records, size_t max);

/*
 * Marks the end of what has arrived: once heliograph_read() has given out all of it, losses told,
 * heliograph_is_past_mark() is 1 until the next mark. What arrives meanwhile delays neither. One mark at a
 * time, set and asked for by the thread that reads. Never block.
 */
HELIOGRAPH_API int heliograph_mark(void);
HELIOGRAPH_API int heliograph_is_past_mark(void);

/* Makes heliograph_read() return. Never blocks: where the pipe is full, the reader is not asleep. */
HELIOGRAPH_API int heliograph_wake(void);

/* The counts of one signal since heliograph_open(). */
HELIOGRAPH_API int heliograph_ledger(int signal, struct heliograph_counts *counts);

/* kill(2). */
HELIOGRAPH_API int heliograph_send(pid_t pid, int signal);

/* 1 where there is such a process, be it a zombie, another user's or hidden in /proc; else 0. */
HELIOGRAPH_API int heliograph_process_exists(pid_t pid);

/* sigqueue(3). -EAGAIN where the queue of a real-time signal is full: the signal was not sent. */
HELIOGRAPH_API int heliograph_queue(pid_t pid, int signal, int value);

/*
 * Sends the signal to the calling thread, or to the process where the calling thread blocks the signal or
 * where the signal is private (see heliograph_set_private()).
 */
HELIOGRAPH_API int heliograph_raise(int signal);

/*
 * Lets the default action happen to the whole process, now: ends it by the signal, or stops it (and returns
 * when it is continued, with the disposition as it was). Returns 0 at once where the default is to do
 * nothing.
 */
HELIOGRAPH_API int heliograph_meet_default(int signal);

/* What the kernel does with the signal now, and who asked it to. */
HELIOGRAPH_API int heliograph_get_disposition(int signal, struct heliograph_disposition *disposition);

/*
 * The signals whose disposition we have set and somebody else has changed since: bit n-1 is signal n. They
 * are left alone. Another copy of this library is nobody else.
 */
HELIOGRAPH_API uint64_t heliograph_displaced(void);

/*
 * A run-time's own way to set what a signal does, as HotSpot's JVM_RegisterSignal: `handler` is 0 (SIG_DFL),
 * 1 (SIG_IGN), 2 (the run-time's own handler) or an address, and so is the answer, which tells what was there
 * before, or -1 where it refuses.
 */
typedef void *(*heliograph_registrar)(int signal, void *handler);

/*
 * To be called in place of such a registrar. Where the signal is not held it is the same. Where it is, our
 * handler stays, and what the run-time is asked for becomes what was there before: observed, it is chained
 * to, and heliograph_restore() puts it in place. The answer is the one that the run-time would have given
 * without us. A signal that arrives meanwhile meets the old or the new.
 */
HELIOGRAPH_API int64_t heliograph_register(heliograph_registrar registrar, int signal, int64_t handler);

/* The same, where ours is beneath another copy's handler: for that copy alone. */
HELIOGRAPH_API int64_t heliograph_register_beneath(heliograph_registrar registrar, int signal,
                                                   int64_t handler);

#ifdef __cplusplus
}
#endif

#endif
