/*
 * Heliograph: POSIX signals through a self-pipe.
 *
 * A process has one pipe, one handler function and one slot for each signal. A caught signal becomes a record
 * of fixed size in the pipe. One thread reads the records with heliograph_read().
 *
 * Each function returns 0 or a count, or -errno. None may be called from a signal handler. Unless a function
 * says otherwise, any thread may call it at any time, and it does not block. A function that needs the pipe
 * returns -EBADF before heliograph_open() and after heliograph_close().
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

#define HELIOGRAPH_VERSION "0.2.0"

/* The version of the library, to compare with HELIOGRAPH_VERSION of the header. */
HELIOGRAPH_API const char *heliograph_version(void);

/* The largest signal number of this platform (SIGRTMAX). */
HELIOGRAPH_API int heliograph_max_signal(void);

/* The name without SIG ("TERM", "RTMIN+3"). NULL if a program may not use the number. */
HELIOGRAPH_API const char *heliograph_signal_name(int signal);

/* ---- The pipe and its records ---- */

enum heliograph_record_flag {
  HELIOGRAPH_DEFAULT_DUE = 1, /* the default action is still to happen: heliograph_run_default_action() */
  HELIOGRAPH_LOST = 2,        /* `count` arrivals that found the pipe full; their details are lost */
  HELIOGRAPH_ATTACHES = 4,    /* the sender asks the JVM to let it attach: heliograph_leave_attach() */
  /* What the signal was taken for: heliograph_is_another_request(). */
  HELIOGRAPH_FIRST_REQUEST = 8,
  HELIOGRAPH_REPEATED_REQUEST = 16,
  HELIOGRAPH_SECOND_REQUEST = 32,
};

/* How a signal came about: a class of si_code. */
enum heliograph_cause {
  HELIOGRAPH_SENT,   /* kill(2), tgkill(2): pid, uid; pid 0 if the sender is not known */
  HELIOGRAPH_QUEUED, /* sigqueue(3) and its like: value, and pid and uid as the sender filled them in */
  HELIOGRAPH_CHILD_CHANGED, /* SIGCHLD: pid and uid of the child, status */
  HELIOGRAPH_TIMER_EXPIRED, /* timer_create(2): value, status */
  HELIOGRAPH_FROM_KERNEL,   /* the terminal, a limit, a descriptor that is ready */
};

/* One arrival of a signal. 64 bytes, because 64 divides a page of the pipe. */
struct heliograph_record {
  int32_t signal;
  int32_t code;       /* si_code */
  int32_t pid;        /* si_pid: the sender's, or the child's for SIGCHLD; 0 if the kernel gives none */
  uint32_t uid;       /* si_uid: the sender's real user id */
  int32_t value;      /* si_value.sival_int of sigqueue() or of a timer; else 0 */
  int32_t status;     /* si_status for SIGCHLD, si_overrun for a timer; else 0 */
  uint64_t sequence;  /* from 1: the order of arrival over all signals, which is the pipe's order */
  int64_t arrived_ns; /* CLOCK_MONOTONIC, read in the handler */
  uint32_t flags;     /* enum heliograph_record_flag */
  int32_t cause;      /* enum heliograph_cause: which members above hold */
  uint64_t count;     /* 1; for HELIOGRAPH_LOST the number of lost arrivals */
  int32_t sender;     /* for heliograph_sender_of(); 0 if the handler has not looked at the sender */
  uint32_t reserved;
};

/* Makes the pipe, of up to pipe_bytes (0: the largest that the kernel allows, at most 1 MiB). -EALREADY if it
 * is open. */
HELIOGRAPH_API int heliograph_open(size_t pipe_bytes);

/* How many records the pipe holds. */
HELIOGRAPH_API int heliograph_capacity(void);

/* Restores each disposition that is ours, waits for handlers that run, and closes the pipe. No thread may be
 * in heliograph_read(): wake and join it first. */
HELIOGRAPH_API int heliograph_close(void);

/* The same, for a process that lives on. Each arrival that is not given out, and was caught or has its
 * default action due, is sent to this process again, with its siginfo, once the dispositions are back. */
HELIOGRAPH_API int heliograph_hand_back(void);

/* Whether heliograph_read() sleeps until there is a record (the default), or polls for some microseconds and
 * then returns 0. */
HELIOGRAPH_API int heliograph_set_blocking(int blocking);

/* Reads up to max records, at least one, and returns how many. 0 after heliograph_wake(), or if it polls and
 * there is none. One thread at a time, the reader. */
HELIOGRAPH_API ssize_t heliograph_read(struct heliograph_record *records, size_t max);

/* Makes heliograph_read() return. Never blocks: if the pipe is full, the reader does not sleep. */
HELIOGRAPH_API int heliograph_wake(void);

/*
 * Marks the end of what has arrived. heliograph_is_past_mark() is 1 once heliograph_read() has given out all
 * of it, losses included. Later arrivals delay neither. One mark at a time, for the reader's thread.
 */
HELIOGRAPH_API int heliograph_mark(void);
HELIOGRAPH_API int heliograph_is_past_mark(void);

/*
 * Whether the reader's thread asks the kernel for a short time slice (Linux 6.12, sched_setattr(2)). It then
 * runs earlier on a busy machine, with the same share of the processor. Off at first; holds from the next
 * heliograph_read(). Its threads and processes do not inherit it. No effect on an older kernel, and on a
 * thread with another policy than SCHED_OTHER or with a negative nice value.
 */
HELIOGRAPH_API int heliograph_set_short_slice(int is_short);

/* The counts of one signal since heliograph_open(). Once the pipe is drained, arrived = dispatched + lost. */
struct heliograph_counts {
  uint64_t arrived;    /* handler runs that took the signal for us */
  uint64_t dispatched; /* records that heliograph_read() gave out */
  uint64_t lost;       /* arrivals that found the pipe full */
};
HELIOGRAPH_API int heliograph_ledger(int signal, struct heliograph_counts *counts);

/* ---- Dispositions ---- */

/*
 * Each of these takes effect for the whole process at once, and the last one for a signal holds. The library
 * keeps the disposition before the first of them; heliograph_restore() puts it back, with mask and flags.
 * -EINVAL for a number that is no signal, for KILL and STOP, for the synchronous faults (SEGV, BUS, FPE,
 * ILL), and for the C library's own signals. If the calling thread blocks the signal, the reader unblocks it
 * in its own thread at its next heliograph_read().
 */

/* Records each arrival, and nothing else happens. */
HELIOGRAPH_API int heliograph_catch(int signal);

/*
 * Records each arrival; then the previous disposition applies. A handler is called (chained) in ours, with
 * the same arguments. If the default action ends or stops the process, the record says
 * HELIOGRAPH_DEFAULT_DUE. An ignored signal stays ignored and unseen: programs that the process starts
 * inherit SIG_IGN, and would not inherit a handler.
 */
HELIOGRAPH_API int heliograph_observe(int signal);

/* Records each arrival; then the default action is due, whatever the previous disposition. */
HELIOGRAPH_API int heliograph_observe_default(int signal);

/* SIG_IGN, and SIG_DFL. Of a signal whose owner needs arrivals (below), our handler does it instead of the
 * kernel. */
HELIOGRAPH_API int heliograph_ignore(int signal);
HELIOGRAPH_API int heliograph_default(int signal);

/*
 * Puts the previous disposition back. When it returns, each arrival that our handler took is in the pipe or
 * counted as lost. If a foreign handler is above ours it stays, and ours passes on what that handler chains.
 * 0 if there was nothing to restore.
 */
HELIOGRAPH_API int heliograph_restore(int signal);

/* Waits until each arrival that was stamped before the call is in the pipe or counted as lost. The second
 * waits for so many nanoseconds at most: -ETIMEDOUT. */
HELIOGRAPH_API int heliograph_wait_for_handlers(int signal);
HELIOGRAPH_API int heliograph_wait_for_handlers_within(int signal, int64_t most_ns);

/*
 * What the owner of the previous handler needs. Call them before the signal is caught.
 *
 * heliograph_set_private: the owner sends the signal to its own threads (HotSpot: SIGUSR2). Such an arrival
 * (SI_TKILL from this process) goes to that handler, unrecorded. No other arrival does.
 * heliograph_leave_timers: an arrival from a timer or from the kernel goes to that handler, unrecorded, as a
 * profiler's SIGPROF.
 * heliograph_leave_attach: SIGQUIT goes to that handler while a file .attach_pidPID asks the JVM to let a
 * process attach. It is recorded only if the signal is observed. For this process, not for the child of a
 * fork.
 */
HELIOGRAPH_API int heliograph_set_private(int signal);
HELIOGRAPH_API int heliograph_leave_timers(int signal);
HELIOGRAPH_API int heliograph_leave_attach(int signal);

/* The default action happens to the process now: it ends, or it stops and this returns once it is continued.
 * Returns 0 at once if the default is to do nothing. */
HELIOGRAPH_API int heliograph_run_default_action(int signal);

/*
 * The disposition before ours happens now, in this thread: its handler has run when this returns, or the
 * default action has happened. The kernel delivers the signal, so mask and flags hold; its sender is this
 * process.
 */
HELIOGRAPH_API int heliograph_pass_on(int signal);

enum heliograph_kind { HELIOGRAPH_KIND_DEFAULT, HELIOGRAPH_KIND_IGNORED, HELIOGRAPH_KIND_CAUGHT };

/* Whether a signal's disposition is this library's doing. */
enum heliograph_hold {
  HELIOGRAPH_HOLD_NONE,
  HELIOGRAPH_HOLD_HELD,
  HELIOGRAPH_HOLD_BENEATH, /* restored, but a foreign handler above ours may still call ours */
};

/* What the kernel does with a signal now. */
struct heliograph_disposition {
  int32_t kind;      /* enum heliograph_kind */
  int32_t ours;      /* 1 if the kernel calls our handler */
  char library[240]; /* the file with the handler (dladdr(3)); empty if not known */

  int32_t hold;      /* enum heliograph_hold; the members below hold unless it is HELIOGRAPH_HOLD_NONE */
  int32_t installed; /* enum heliograph_kind of what this library gave to the kernel last */
  int32_t on_top;    /* 1 if the kernel still has that */
  int32_t beneath;   /* enum heliograph_kind of the previous disposition */
  char beneath_library[240];
};
HELIOGRAPH_API int heliograph_get_disposition(int signal, struct heliograph_disposition *disposition);

/* The signals that somebody else has changed since we did: bit n-1 is signal n. They stay as they are.
 * Another copy of this library does not count. */
HELIOGRAPH_API uint64_t heliograph_displaced(void);

/*
 * A run-time's own way to set what a signal does, as HotSpot's JVM_RegisterSignal. `handler` is 0 (SIG_DFL),
 * 1 (SIG_IGN), 2 (the run-time's own handler) or an address. So is the answer, the previous one; -1 is a
 * refusal.
 */
typedef void *(*heliograph_registrar)(int signal, void *handler);

/*
 * Call it in place of the registrar. If we hold the signal, our handler stays on top, and the registered
 * handler becomes the previous disposition. The answer is the one that the run-time would have given without
 * us. heliograph_register_beneath() is for another copy of this library.
 */
HELIOGRAPH_API int64_t heliograph_register(heliograph_registrar registrar, int signal, int64_t handler);
HELIOGRAPH_API int64_t heliograph_register_beneath(heliograph_registrar registrar, int signal,
                                                   int64_t handler);

/* ---- Senders ---- */

enum heliograph_process_flag {
  HELIOGRAPH_PROCESS_KNOWN = 1,   /* parent, started and command hold */
  HELIOGRAPH_PROCESS_HAS_UID = 2, /* uid holds */
  HELIOGRAPH_PROCESS_ENDED = 4,   /* there was no such process any more */
};

/* A process as /proc shows it (proc_pid_stat(5)). Its name and command line are its own claims. */
struct heliograph_process {
  int32_t pid;
  int32_t parent;
  uint64_t started; /* clock ticks since boot; no other process has this pid and this start */
  uint32_t uid;     /* the real one */
  uint32_t flags;   /* enum heliograph_process_flag */
  uint32_t command_length;
  uint32_t arguments_length;
  char command[64];    /* the name of its main thread */
  char arguments[512]; /* the sender's command line, a NUL after each argument; cut if longer */
};

#define HELIOGRAPH_MOST_ANCESTORS 8

/* A process and its ancestors, its parent first. */
struct heliograph_lineage {
  uint32_t count;
  uint32_t reserved;
  struct heliograph_process processes[1 + HELIOGRAPH_MOST_ANCESTORS];
};

/*
 * Whether the handler looks at the senders of a standard signal. Off at first. It reads /proc/PID/stat, the
 * beginning of /proc/PID/cmdline, and the parent's stat: some 60 microseconds in the interrupted thread. It
 * skips signals of the kernel and of this process. Arrivals of one sender within 20 microseconds share a
 * look. There are 200 looks a second, after 500 at once. The read of the command line can wait for the
 * sender's mmap lock or for a page that is swapped out; so can heliograph_restore() and heliograph_close()
 * then. Sees nothing if /proc is that of another pid namespace.
 */
HELIOGRAPH_API int heliograph_look_at_senders(int signal, int wanted);

/*
 * What the handler saw of a record's sender, and what /proc says of its ancestors now, without their command
 * lines. For the reader's thread, with the `sender` of a record of the last heliograph_read(); -ENOENT for
 * another. Does not wait for these processes.
 */
HELIOGRAPH_API int heliograph_sender_of(int32_t sender, struct heliograph_lineage *lineage);

/* The same for any process, as it is now, with at most so many ancestors. -ESRCH if /proc does not show it.
 */
HELIOGRAPH_API int heliograph_lineage_of(pid_t pid, unsigned most_ancestors,
                                         struct heliograph_lineage *lineage);

/* When a process started, in clock ticks since boot. -ESRCH if /proc does not show it. */
HELIOGRAPH_API int64_t heliograph_started(pid_t pid);

/* ---- Sending ---- */

/* kill(2). */
HELIOGRAPH_API int heliograph_send(pid_t pid, int signal);

/* sigqueue(3). -EAGAIN if the queue of a real-time signal is full. */
HELIOGRAPH_API int heliograph_queue(pid_t pid, int signal, int value);

/* Sends the signal to the calling thread; to the process if the calling thread blocks it, or if it is
 * private. */
HELIOGRAPH_API int heliograph_raise(int signal);

/* 1 if there is such a process: a zombie, another user's or one hidden in /proc counts. Else 0. */
HELIOGRAPH_API int heliograph_process_exists(pid_t pid);

#ifdef __cplusplus
}
#endif

#endif
