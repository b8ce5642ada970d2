/*
 * The watch. A signal that is sent to one thread (pthread_kill) and that steering blocks there would wait for
 * ever. So while signals are steered, a thread of C alone looks once a second whether one waits so. Such a
 * signal is not steered any more: the threads are visited, and it arrives where it was sent to.
 */
#include "steer.h"

#include "clock.h"
#include "futex.h"
#include "tasks.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NAME "heliograph-helm" /* of 15 characters at most: pthread_setname_np(3) */
#define BETWEEN_LOOKS_NS INT64_C(1000000000)

struct steer_watch heliograph_steer_watch = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool find_waiting(pid_t tid, void *waiting) {
  struct task_signals signals;
  if (heliograph_task_signals(tid, &signals))
    *(uint64_t *)waiting |= signals.pending & signals.blocked & atomic_load(&heliograph_steering.signals);
  return true;
}

static uint64_t waiting_in_threads(void) {
  uint64_t waiting = 0;
  struct tasks_seen *seen = heliograph_tasks_seen();
  if (seen != NULL) {
    heliograph_tasks_each(seen, find_waiting, &waiting);
    heliograph_tasks_forget(seen);
  }
  return waiting;
}

static void look(void) {
  if (atomic_load(&heliograph_steering.signals) != 0 && heliograph_tasks_may_have_pending()) {
    uint64_t waiting = waiting_in_threads();
    if (waiting != 0)
      heliograph_steer_give_up(waiting);
  }
  heliograph_steer_settle();
}

static void *watch(void *unused) {
  pthread_setname_np(pthread_self(), NAME);
  atomic_store(&heliograph_steer_watch.started, heliograph_task_started(0));
  atomic_store(&heliograph_steer_watch.tid, (pid_t)syscall(SYS_gettid));
  while (!atomic_load(&heliograph_steer_watch.is_ending)) {
    uint32_t calls = atomic_load(&heliograph_steer_watch.calls);
    pthread_mutex_lock(&heliograph_instance.lock);
    if (heliograph_steering.on)
      look();
    pthread_mutex_unlock(&heliograph_instance.lock);
    if (!atomic_load(&heliograph_steer_watch.is_ending))
      heliograph_futex_wait(&heliograph_steer_watch.calls, calls, heliograph_now_ns() + BETWEEN_LOOKS_NS);
  }
  return unused;
}

static int start(void) {
  pthread_attr_t attributes;
  sigset_t all;
  sigset_t before;
  int error = pthread_attr_init(&attributes);
  if (error != 0)
    return error;
  pthread_attr_setstacksize(&attributes, (size_t)256 * 1024);
  atomic_store(&heliograph_steer_watch.is_ending, false);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before); /* inherited by the new thread */
  error = pthread_create(&heliograph_steer_watch.thread, &attributes, watch, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  while (error == 0 && atomic_load(&heliograph_steer_watch.tid) == 0)
    sched_yield(); /* it has its name when this returns, for other copies to see */
  return error;
}

int heliograph_steer_watch_start(void) {
  if (heliograph_steer_watch.is_running)
    return 0;
  /* Two copies of the library that steer the same signal would each block it in the other's reader. */
  if (heliograph_tasks_named(NAME) != 0)
    return -EBUSY;
  int error = start();
  heliograph_steer_watch.is_running = error == 0;
  return -error;
}

int heliograph_steer_claim(void) {
  pthread_mutex_lock(&heliograph_steer_watch.lock);
  int error = heliograph_steer_watch_start();
  pthread_mutex_unlock(&heliograph_steer_watch.lock);
  return error;
}

/* The kernel takes a thread off the list after it has let pthread_join(3) return, and it is not to be taken
 * for another copy's. Its number may be another thread's by now. */
static void await_gone(void) {
  pid_t tid = atomic_load(&heliograph_steer_watch.tid);
  while (heliograph_task_started(tid) == atomic_load(&heliograph_steer_watch.started))
    sched_yield();
  atomic_store(&heliograph_steer_watch.tid, 0);
}

void heliograph_steer_watch_end(void) {
  if (!heliograph_steer_watch.is_running)
    return;
  atomic_store(&heliograph_steer_watch.is_ending, true);
  atomic_fetch_add(&heliograph_steer_watch.calls, 1);
  heliograph_futex_wake(&heliograph_steer_watch.calls);
  pthread_join(heliograph_steer_watch.thread, NULL);
  await_gone();
  heliograph_steer_watch.is_running = false;
}
