/*
 * The narrowest window: the kernel has chosen our handler for an arrival, and before it has looked at
 * anything the disposition goes back to what was there before. What a handler does first is to keep errno;
 * this program's own
 * __errno_location() holds it there.
 */
#include "test/support.h"
#include "test/test.h"

#include <dlfcn.h>
#include <sched.h>

static _Atomic(pid_t) to_be_held; /* the thread whose next look at errno is held; 0: none */
static atomic_bool handler_has_begun;
static atomic_bool change_has_returned;
static int (*change)(int);
static _Atomic(int) base_calls;

/* Until the change is made. That does not wait for this handler, which has not counted itself in yet. */
static void hold(void) {
  atomic_store(&handler_has_begun, true);
  while (!atomic_load(&change_has_returned))
    sched_yield();
}

int *__errno_location(void) {
  static int *(*of_the_libc)(void);
  pid_t held = atomic_load(&to_be_held);
  if (of_the_libc == NULL)
    of_the_libc = (int *(*)(void))dlsym(RTLD_NEXT, "__errno_location");
  if (held != 0 && held == thread_id() && atomic_compare_exchange_strong(&to_be_held, &held, 0))
    hold();
  return of_the_libc();
}

static void *raise_once(void *unused) {
  atomic_store(&to_be_held, thread_id());
  raise(SIGINT);
  return unused;
}

/* Raises SIGINT in one thread while another makes the change, after our handler was entered. */
static void change_as_the_handler_begins(int (*first)(int)) {
  pthread_t thread;
  errno = 0; /* the first access finds the C library's errno */
  CHECK_OK(heliograph_open(4096));
  CHECK_OK(first(SIGINT));
  CHECK_EQ(pthread_create(&thread, NULL, raise_once, NULL), 0);
  while (!atomic_load(&handler_has_begun))
    sched_yield();
  CHECK_EQ(change(SIGINT), 0);
  atomic_store(&change_has_returned, true);
  CHECK_EQ(pthread_join(thread, NULL), 0);
}

static void base(int signal) {
  (void)signal;
  atomic_fetch_add(&base_calls, 1);
}

static int close_all(int signal) {
  (void)signal;
  return heliograph_close();
}

CASE_NOT_UNDER_SANITIZERS(restored_it_meets_the_handler_that_was_there) {
  struct tally tally = {0};
  set_handler(SIGINT, base);
  change = heliograph_restore;
  change_as_the_handler_begins(heliograph_catch);
  drain_into(&tally);
  check_ledger(SIGINT, 0, &tally);
  CHECK_EQ(base_calls, 1);
}

CASE_NOT_UNDER_SANITIZERS(closed_it_meets_the_handler_that_was_there) {
  set_handler(SIGINT, base);
  change = close_all;
  change_as_the_handler_begins(heliograph_catch);
  CHECK_EQ(base_calls, 1);
}

CASE_NOT_UNDER_SANITIZERS(observed_and_restored_the_handler_is_called_once) {
  set_handler(SIGINT, base);
  change = heliograph_restore;
  change_as_the_handler_begins(heliograph_observe);
  CHECK_EQ(ledger_of(SIGINT).arrived, 0);
  CHECK_EQ(base_calls, 1);
}

CASE_NOT_UNDER_SANITIZERS(ignored_it_does_nothing) {
  set_handler(SIGINT, base);
  change = heliograph_ignore;
  change_as_the_handler_begins(heliograph_catch);
  CHECK_EQ(ledger_of(SIGINT).arrived, 0);
  CHECK_EQ(base_calls, 0);
}

static void catch_and_change(void) {
  change_as_the_handler_begins(heliograph_catch);
}

static void observe_and_change(void) {
  change_as_the_handler_begins(heliograph_observe);
}

static void check_it_is_deadly(int (*to_make)(int)) {
  change = to_make;
  check_dies_by(start_child(catch_and_change), SIGINT);
  check_dies_by(start_child(observe_and_change), SIGINT);
}

CASE_NOT_UNDER_SANITIZERS(restored_it_meets_the_default_action) {
  check_it_is_deadly(heliograph_restore);
}

CASE_NOT_UNDER_SANITIZERS(closed_it_meets_the_default_action) {
  check_it_is_deadly(close_all);
}

CASE_NOT_UNDER_SANITIZERS(changed_to_the_default_it_meets_the_default_action) {
  check_it_is_deadly(heliograph_default);
}
