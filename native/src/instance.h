/* The state that handler, dispositions and reader share: one instance a process. */
#ifndef HELIOGRAPH_INSTANCE_H
#define HELIOGRAPH_INSTANCE_H

#include "heliograph.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

/* The handler's atomics must not turn into locks: C11 7.14.1.1 allows a handler lock-free ones only. */
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2 && ATOMIC_INT_LOCK_FREE == 2 && ATOMIC_POINTER_LOCK_FREE == 2,
               "a signal handler needs lock-free atomics");
_Static_assert(sizeof(struct heliograph_record) == 64, "a record is 64 bytes");

#define MAX_SIGNAL 64

/* What our handler does with an arrival. */
enum mode {
  MODE_PASS, /* not ours: what was there before happens, and nothing is recorded */
  MODE_CATCH,
  MODE_OBSERVE,
  MODE_OBSERVE_DEFAULT,
  MODE_IGNORE,
  MODE_DEFAULT,
};

/* What is left to the handler that was there before: see heliograph_leave_timers() and its like. */
enum left { LEFT_NOTHING, LEFT_TIMERS, LEFT_ATTACH };

/* A disposition that ours replaced. Never freed, for a handler may hold it. */
struct previous {
  struct sigaction action;
  /* Where ours, beneath `action`, passes on when `action` chains back to it. NULL where ours is not beneath.
   */
  const struct previous *below;
  struct previous *next; /* of all that this slot ever replaced, so that equal ones are kept once */
};

/* What handlers write and what the reader writes lie apart, so that neither waits for the other's core. */
#define CACHE_LINE 64

struct slot {
  /* Read and written by handlers. */
  _Alignas(CACHE_LINE) _Atomic(uint32_t) mode;
  _Atomic(uint32_t) writers; /* handlers between their look at `mode` and their record in the pipe */
  _Atomic(const struct previous *) previous;
  atomic_bool is_private;
  /* Of a private signal: what its owner's own arrivals go to, where `previous` is no longer the owner's. */
  _Atomic(const struct previous *) owners;
  _Atomic(uint32_t) left; /* enum left */
  _Atomic(uint64_t) arrived;
  _Atomic(uint64_t) lost;

  /* Written by the reader. */
  _Alignas(CACHE_LINE) _Atomic(uint64_t) dispatched;
  uint64_t lost_reported;

  /* Under instance.lock. */
  bool held;                  /* the disposition is ours to restore */
  bool beneath;               /* released, but a foreign handler above may still call ours */
  struct sigaction installed; /* what we gave to the kernel last */
  struct previous *all_previous;
};

struct instance {
  pthread_mutex_t lock; /* of open, close and every change of a disposition; never taken by a handler */
  bool open;
  int read_fd;
  int write_fd;
  uint32_t capacity; /* of the pipe, in records */
  int first_queued;  /* SIGRTMIN: from there on, signals that are pending queue up instead of coalescing */
  /* Bit n-1: signal n is ours, was blocked where it was caught, and is to be unblocked in the reader's
   * thread. */
  _Atomic(uint64_t) unblock_in_reader;
  _Atomic(pid_t) reader;         /* the thread that read last; 0 before */
  _Atomic(uint64_t) lost;        /* over all slots */
  atomic_bool spins;             /* the reader polls */
  atomic_bool wants_short_slice; /* the reader is to ask for one */
  /* Where the reader polls: counted up before each write into the pipe and after it, so that it looks at
   * memory and need not ask the kernel. From the first it knows to begin its read(), and the two run at once.
   */
  _Alignas(CACHE_LINE) _Atomic(uint32_t) write_steps;
  /* The reader's: what `write_steps` was when it last found the pipe drained, and whether it has. */
  _Alignas(CACHE_LINE) uint32_t drained_at;
  bool is_drained;
  uint64_t lost_reported; /* the reader's */
  uint64_t next_sequence; /* the reader's */
  /* The reader's: a loss is told behind what was in the pipe when it was noticed, its place in the order. */
  struct {
    bool is_due;
    size_t behind; /* bytes still to be read before it is told */
  } report;
  /* The reader's: what is still to be given out of all that had arrived at heliograph_mark(). */
  struct {
    size_t behind; /* bytes */
    bool untold;   /* losses */
  } mark;
  struct slot slots[MAX_SIGNAL + 1]; /* slot 0 stands for heliograph_wake() */
};

extern struct instance heliograph_instance;

/*
 * What a handler must know of the thread that it interrupts. The kernel runs the handlers of all queued
 * signals before that thread goes on; if it is the reader, the pipe fills meanwhile and nobody empties it. So
 * a handler that has filled half of the pipe there leaves its real-time signal blocked, and the queue waits
 * in the kernel until the reader has caught up.
 */
struct thread_of_handler {
  _Atomic(pid_t) tid; /* 0 unless it has read */
  uint32_t written;   /* records by handlers in this thread, since the reader last found the pipe empty */
  _Atomic(uint64_t) held_off; /* bit n-1: signal n, left blocked; atomic, for a handler may come in between */
};

/* The initial-exec model, because the first touch of a dynamic one may allocate. */
extern _Thread_local struct thread_of_handler heliograph_this_thread
    __attribute__((tls_model("initial-exec")));

/* Called from the handler too: whether this thread is the reader's. The identity of a thread that has ended
 * can be another's; what a new thread knows of itself is 0. */
static inline bool heliograph_is_reader(void) {
  pid_t tid = atomic_load_explicit(&heliograph_this_thread.tid, memory_order_relaxed);
  return tid != 0 && tid == atomic_load_explicit(&heliograph_instance.reader, memory_order_relaxed);
}

/* Called from the handler too. */
static inline uint64_t signal_bit(int signal) {
  return UINT64_C(1) << (signal - 1);
}

/* Waits until no handler of the slot is still on its way into the pipe. It is short, but where a handler
 * waits for its sender's memory. */
void heliograph_await_writers(struct slot *slot);

#endif
