/*
 * Races with their outcome fixed: this program's own write() and read() are what the library calls, and they
 * hold the caller at the very place where something else has to happen meanwhile.
 */
#include "test/support.h"
#include "test/test.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef void hook(void);

/* Each is called once, and taken out by that call. */
static _Atomic(hook *) before_write;
static _Atomic(hook *) after_full_write;
static _Atomic(hook *) after_write;
static _Atomic(hook *) before_read;

static bool call_once(_Atomic(hook *) *which) {
  hook *to_call = atomic_exchange(which, NULL);
  if (to_call == NULL)
    return false;
  to_call();
  return true;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  call_once(&before_write);
  ssize_t result = syscall(SYS_write, fd, bytes, count);
  if (result < 0 && errno == EAGAIN && call_once(&after_full_write))
    errno = EAGAIN;
  if (result >= 0)
    call_once(&after_write);
  return result;
}

ssize_t read(int fd, void *bytes, size_t count) {
  call_once(&before_read);
  return syscall(SYS_read, fd, bytes, count);
}

static void raise_times(int times) {
  for (int i = 0; i < times; i++)
    raise(SIGUSR1);
}

static atomic_bool reader_may_go;
static _Atomic(pid_t) reader_tid;
static _Atomic(uint64_t) read_so_far;
static _Atomic(uint64_t) reads;

static void *read_65(void *unused) {
  struct heliograph_record records[128];
  struct tally tally = {0};
  atomic_store(&reader_tid, thread_id());
  while (!atomic_load(&reader_may_go))
    sched_yield();
  while (tally.all < 65) {
    add_to_tally(&tally, records, CHECK_OK(heliograph_read(records, 128)));
    atomic_store(&read_so_far, tally.all);
    atomic_fetch_add(&reads, 1);
  }
  CHECK_EQ(tally.lost[SIGUSR1], 1);
  return unused;
}

static void let_the_reader_drain_and_fall_asleep(void) {
  atomic_store(&reader_may_go, true);
  while (atomic_load(&read_so_far) < 64 || !is_asleep(atomic_load(&reader_tid)))
    sched_yield();
}

static void lose_the_65th(hook *meanwhile) {
  pthread_t thread;
  open_and_catch(4096, SIGUSR1);
  CHECK_EQ(pthread_create(&thread, NULL, read_65, NULL), 0);
  while (atomic_load(&reader_tid) == 0)
    sched_yield();
  raise_times(64);
  atomic_store(&after_full_write, meanwhile);
  raise_times(1);
  CHECK(atomic_load(&after_full_write) == NULL);
  CHECK_EQ(pthread_join(thread, NULL), 0); /* it hangs if the reader still sleeps */
}

/* The handler has found the pipe full; before it can count that, the reader empties the pipe and sleeps. */
CASE(a_loss_that_is_counted_after_the_reader_fell_asleep_is_reported) {
  lose_the_65th(let_the_reader_drain_and_fall_asleep);
}

static uint64_t reads_before_the_wake_up;

static void let_the_reader_look_and_fall_asleep_again(void) {
  while (atomic_load(&read_so_far) < 65 &&
         (atomic_load(&reads) == reads_before_the_wake_up || !is_asleep(atomic_load(&reader_tid))))
    sched_yield();
}

static void let_the_reader_sleep_and_watch_its_wake_up(void) {
  let_the_reader_drain_and_fall_asleep();
  reads_before_the_wake_up = atomic_load(&reads);
  atomic_store(&after_write, let_the_reader_look_and_fall_asleep_again);
}

/* The handler has woken the reader for the loss; before the handler goes on, the reader has looked for it. */
CASE(a_reader_that_is_woken_for_a_loss_finds_it) {
  lose_the_65th(let_the_reader_sleep_and_watch_its_wake_up);
  CHECK(atomic_load(&after_write) == NULL);
}

static void overflow_the_pipe(void) {
  raise_times(65);
}

/* The reader has seen that nothing is lost; before it reads, the pipe fills and overflows. */
CASE(a_loss_between_the_readers_look_and_its_read_is_reported) {
  struct heliograph_record records[128];
  struct tally tally = {0};
  open_and_catch(4096, SIGUSR1);
  atomic_store(&before_read, overflow_the_pipe);
  while (tally.all < 65)
    add_to_tally(&tally, records, CHECK_OK(heliograph_read(records, 128)));
  CHECK_EQ(tally.lost[SIGUSR1], 1);
  check_ledger(SIGUSR1, 65, &tally);
}

static atomic_bool handler_is_in_write;
static atomic_bool change_has_returned;

static void base(int signal) {
  (void)signal;
}

/*
 * Waits until the disposition has been put back, and then gives the thread that does so every chance to
 * return too early. Were it to, the record would be written after "every arrival is in the pipe" was
 * promised.
 */
static void linger_in_write(void) {
  struct sigaction standing;
  atomic_store(&handler_is_in_write, true);
  do
    sigaction(SIGUSR1, NULL, &standing);
  while (standing.sa_handler != base);
  for (int i = 0; i < 20000 && !atomic_load(&change_has_returned); i++)
    sched_yield();
  CHECK(!atomic_load(&change_has_returned));
}

static void *raise_once(void *unused) {
  raise(SIGUSR1);
  return unused;
}

static void change_while_a_handler_writes(int (*change)(void)) {
  pthread_t thread;
  set_handler(SIGUSR1, base);
  open_and_catch(4096, SIGUSR1);
  atomic_store(&before_write, linger_in_write);
  CHECK_EQ(pthread_create(&thread, NULL, raise_once, NULL), 0);
  while (!atomic_load(&handler_is_in_write))
    sched_yield();
  CHECK_EQ(change(), 0);
  atomic_store(&change_has_returned, true);
  CHECK_EQ(pthread_join(thread, NULL), 0);
}

static int restore_usr1(void) {
  return heliograph_restore(SIGUSR1);
}

CASE(restore_waits_for_a_handler_that_writes) {
  struct tally tally = {0};
  change_while_a_handler_writes(restore_usr1);
  drain_into(&tally);
  check_ledger(SIGUSR1, 1, &tally);
}

CASE(close_waits_for_a_handler_that_writes) {
  change_while_a_handler_writes(heliograph_close);
}
