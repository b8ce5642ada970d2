/*
 * Steering: the kernel gives a signal to the reader's thread alone, because all others block it.
 *
 * Whose block it is. A thread in which steering has blocked a signal carries a mark (`marks` of struct
 * thread_of_handler), and loses block and mark together. The mark is the thread's own; the mask is inherited
 * by every thread that it creates. So a block without a mark is taken for an inherited one of steering's
 * where the thread is younger than the steering of that signal, and the signal was not blocked in the thread
 * that had it steered. Any other is somebody else's, and stays. A young thread that has blocked the very
 * signal by itself cannot be told from one that has inherited the block.
 *
 * Who blocks. The handler, in the thread that it finds itself in; and, so that nobody waits for chance, a
 * visit: a signal that nobody uses is sent to each thread, and its handler adopts what is wanted there. What
 * a handler changes is uc_sigmask, the mask that holds once it has returned.
 */
#ifndef HELIOGRAPH_STEER_H
#define HELIOGRAPH_STEER_H

#include "instance.h"

struct steering {
  /* For handlers. Bit n-1 is signal n. */
  _Atomic(uint64_t) signals; /* steered now */
  _Atomic(uint64_t) single; /* sent to single threads, and so left alone until steering is switched on anew */
  _Atomic(uint64_t) lifting; /* not steered any more, and perhaps still blocked in threads */

  /* Under instance.lock. */
  bool on;
  bool is_untold;   /* signals have come that the threads do not know of */
  uint64_t left;    /* of `lifting`, what the last visit could not lift */
  int64_t again_ns; /* when it is tried again */
  /* Written under it. */
  _Atomic(uint64_t) blocked_before;       /* in the thread that had them steered */
  _Atomic(int64_t) since[MAX_SIGNAL + 1]; /* when it was steered: see heliograph_task_now() */
};

extern struct steering heliograph_steering;

/* Called from the handler, for an arrival that was taken in this thread. */
void heliograph_steer_arrival(struct slot *slot, int signal, const siginfo_t *info, void *context);

/* Called from the handler: makes this mask of the thread's what it is to be, and tells whether it was not.
 * `inherited` are unblocked too. */
bool heliograph_steer_adopt(sigset_t *mask, uint64_t inherited);

/* Called from the handler too: these are sent to single threads. The watch lifts them. */
void heliograph_steer_give_up(uint64_t signals);

/* Under instance.lock: what the signal does has changed. Then, once for all that have: tells the threads. */
void heliograph_steer_follow(int signal);
void heliograph_steer_settle(void);

/* Both, where a shutdown has taken the signal or left it. Not under instance.lock. */
void heliograph_steer_follow_shutdown(int signal);

/* Whether a block of the signal in the calling thread is steering's, as far as marks tell. */
bool heliograph_steer_may_block(int signal);

/* Of what such a mask of the calling thread blocks, that which is steering's doing. */
uint64_t heliograph_steer_part_of(const sigset_t *mask);

/*
 * Around the start of a child, which inherits the mask of this thread: in between, steering blocks nothing in
 * it. What the first answers is for the second.
 */
uint64_t heliograph_steer_before_child(void);
void heliograph_steer_after_child(uint64_t unblocked);

/* Under the locks, in the child of a fork(), where nothing is steered. */
void heliograph_steer_after_fork_in_child(void);

/* Adds the signals that visits are made with: a handler of ours is not to be visited. */
void heliograph_steer_block_visits(sigset_t *mask);

/* Under instance.lock. Has the threads adopt what is wanted, as far as they answer in time; tells what is
 * still to be lifted. And whether it can be done at all: not where each signal to visit with is caught by
 * somebody.
 */
uint64_t heliograph_steer_visit(void);
bool heliograph_steer_can_visit(void);

/* The whole of switching, with the watch that belongs to it. Not under instance.lock. */
struct steer_watch {
  pthread_mutex_t lock; /* taken before instance.lock */
  pthread_t thread;
  bool is_running;
  _Atomic(pid_t) tid;       /* 0 where it does not run */
  _Atomic(int64_t) started; /* see heliograph_task_started() */
  _Atomic(uint32_t) calls;  /* changes to wake the watch */
  atomic_bool is_ending;
};

extern struct steer_watch heliograph_steer_watch;

/* Under heliograph_steer_watch.lock, and not under instance.lock. 0 or -errno. */
int heliograph_steer_watch_start(void);
void heliograph_steer_watch_end(void);

/*
 * Under neither. From then on no other copy of the library can steer, until heliograph_set_steering() has
 * failed or switched off. 0, or -EBUSY where another one does.
 */
int heliograph_steer_claim(void);

#endif
