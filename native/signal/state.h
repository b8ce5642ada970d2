/* What the handler, the dispositions and the reader share. The process has one of each. */
#ifndef HELIOGRAPH_SIGNAL_STATE_H
#define HELIOGRAPH_SIGNAL_STATE_H

#include "heliograph.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

/* C11 7.14.1.1 allows a handler lock-free atomics only. */
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2 && ATOMIC_INT_LOCK_FREE == 2 && ATOMIC_POINTER_LOCK_FREE == 2,
               "a signal handler needs lock-free atomics");
_Static_assert(sizeof(struct heliograph_record) == 64, "a record is 64 bytes");

#define MAX_SIGNAL 64

/* A flag of a record in the pipe: nothing else has happened. heliograph_read() does not show it. */
#define RECORD_CAUGHT UINT32_C(0x80000000)

/* What hooks.arrived returns of a signal that is not to be passed on. Never in a record. */
#define ARRIVAL_STOPS_HERE UINT32_C(0x40000000)

/* What our handler does with an arrival. */
enum mode {
  MODE_PASS, /* the signal is not ours: the previous disposition applies, and nothing is recorded */
  MODE_CATCH,
  MODE_OBSERVE,
  MODE_OBSERVE_DEFAULT,
  MODE_IGNORE,
  MODE_DEFAULT,
};

/* Which arrivals go to the previous handler because its owner needs them: see heliograph_leave_timers(). */
enum owner_needs { OWNER_NEEDS_NOTHING, OWNER_NEEDS_TIMERS, OWNER_NEEDS_ATTACH };

/* A disposition that ours replaced. It is never freed, because a handler may still use it. */
struct previous {
  struct sigaction action;
  /* If ours is beneath `action` and `action` chains to it: where ours then passes the signal on. Else NULL.
   */
  const struct previous *below;
  struct previous *next; /* of all that this slot has replaced; equal ones are kept once */
};

/* The writes of handlers and those of the reader are on different cache lines. */
#define CACHE_LINE 64

/* One for each signal. */
struct slot {
  /* Written under state.lock, read by handlers. */
  _Alignas(CACHE_LINE) _Atomic(uint32_t) mode; /* enum mode */
  _Atomic(const struct previous *) previous;
  atomic_bool is_private;
  /* Of a private signal: where the owner's own arrivals go if `previous` is no longer the owner's. */
  _Atomic(const struct previous *) owners;
  _Atomic(uint32_t) owner_needs; /* enum owner_needs */

  /* Written by handlers. */
  _Atomic(uint32_t) writers; /* handlers between their look at `mode` and their record in the pipe */
  _Atomic(uint32_t)
      defaults_begun; /* how often a handler has set our disposition aside for the default action */
  _Atomic(uint32_t) defaults_ended; /* and how often it has put ours back */
  _Atomic(uint64_t) arrived;
  _Atomic(uint64_t) lost;

  /* Written by the reader. */
  _Alignas(CACHE_LINE) _Atomic(uint64_t) dispatched;
};

struct state {
  pthread_mutex_t lock; /* of open, close and each change of a disposition; a handler never takes it */

  /* Written under the lock. */
  bool open;
  int read_fd;
  int write_fd;
  uint32_t capacity;      /* of the pipe, in records */
  int first_queued;       /* SIGRTMIN: from here on, pending signals queue instead of coalescing */
  _Atomic(pid_t) process; /* that opened it last; see heliograph_is_in_child() */
  _Atomic(uint64_t) unblock_in_reader; /* bit n-1: the reader is to unblock signal n in its own thread */
  atomic_bool spins;                   /* the reader polls */

  /* Written by handlers. */
  _Atomic(uint64_t) lost; /* over all slots */
  /* If the reader polls: counted up before and after each write into the pipe. The reader then polls memory
   * instead of the kernel, and begins its read() while the write runs. */
  _Alignas(CACHE_LINE) _Atomic(uint32_t) write_steps;

  /* Written by the reader. */
  _Alignas(CACHE_LINE) _Atomic(pid_t) reader; /* the thread that read last; 0 before the first read */
  _Atomic(uint64_t)
      defaults_due; /* bit n-1: a record was given out, and the default action did not happen yet */

  struct slot slots[MAX_SIGNAL + 1]; /* slot 0 is that of heliograph_wake() */
};

extern struct state heliograph_state;

/*
 * What a handler and the reader share if the handler interrupts the reader. The kernel runs the handlers of
 * all queued signals before the reader continues, and the pipe fills meanwhile. So a handler that has filled
 * half of the pipe leaves its real-time signal blocked. The rest waits in the kernel's queue.
 */
struct reader_thread {
  _Atomic(pid_t) tid;         /* 0 unless this thread has read */
  uint32_t written;           /* records of handlers in this thread, since the reader last drained the pipe */
  _Atomic(uint64_t) held_off; /* bit n-1: signal n was left blocked */
};

extern _Thread_local struct reader_thread heliograph_this_thread;

/*
 * Whether the calling thread is the reader. In a new thread the tid here is 0, even if the kernel reuses a
 * tid. Async-signal-safe.
 */
static inline bool heliograph_is_reader(void) {
  pid_t tid = atomic_load_explicit(&heliograph_this_thread.tid, memory_order_relaxed);
  return tid != 0 && tid == atomic_load_explicit(&heliograph_state.reader, memory_order_relaxed);
}

/*
 * Whether this is a child of the library's process: of vfork(2), clone(2) or _Fork(3). It has our handlers
 * and our pipe, and perhaps shares our memory. It must write to none of them. The system call itself, because
 * glibc before 2.25 keeps the parent's pid in the memory that they share. Async-signal-safe.
 */
static inline bool heliograph_is_in_child(void) {
  return syscall(SYS_getpid) != atomic_load_explicit(&heliograph_state.process, memory_order_relaxed);
}

/* Async-signal-safe. */
static inline uint64_t signal_bit(int signal) {
  return UINT64_C(1) << (signal - 1);
}

/* Waits until no handler of the slot is on its way into the pipe. That is short, unless a handler waits for
 * its sender's memory. */
void heliograph_await_writers(struct slot *slot);

#endif
