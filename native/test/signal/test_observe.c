/* Observing: the arrival is recorded, and what was there before still happens. */
#include "test/support.h"
#include "test/test.h"

#include <ucontext.h>
#include <unistd.h>

static int calls;
static int seen_signal;
static siginfo_t seen_info;
static bool seen_context;

static void handle(int signal) {
  calls++;
  seen_signal = signal;
  errno = EPERM; /* a careless one */
}

static void handle_with_info(int signal, siginfo_t *info, void *context) {
  calls++;
  seen_signal = signal;
  seen_info = *info;
  seen_context = context != NULL;
  errno = EPERM;
}

static void put_info_handler(int signal, void (*handler)(int, siginfo_t *, void *)) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  set_action(signal, &action);
}

static void open_and_observe(int signal) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(signal));
}

CASE(a_handler_of_one_argument_is_chained) {
  set_handler(SIGUSR1, handle);
  open_and_observe(SIGUSR1);
  errno = 4242;
  raise(SIGUSR1);
  CHECK_EQ(calls, 1);
  CHECK_EQ(seen_signal, SIGUSR1);
  struct heliograph_record record = read_one();
  CHECK_EQ(record.signal, SIGUSR1);
  CHECK_EQ(record.flags, 0);
  CHECK_EQ(ledger_of(SIGUSR1).arrived, 1);
}

CASE(errno_is_kept_over_a_chained_handler) {
  set_handler(SIGUSR1, handle);
  put_info_handler(SIGUSR2, handle_with_info);
  open_and_observe(SIGUSR1);
  CHECK_OK(heliograph_observe(SIGUSR2));
  errno = 4242;
  raise(SIGUSR1);
  CHECK_EQ(errno, 4242);
  raise(SIGUSR2);
  CHECK_EQ(errno, 4242);
  CHECK_EQ(calls, 2);
}

static void queue_to_the_parent(void) {
  queue_surely(getppid(), SIGRTMIN + 6, 31);
}

CASE(a_handler_of_three_arguments_gets_the_same_siginfo) {
  put_info_handler(SIGRTMIN + 6, handle_with_info);
  open_and_observe(SIGRTMIN + 6);
  pid_t child = start_child(queue_to_the_parent);
  struct heliograph_record record = read_one();
  check_exits_with_0(child);
  CHECK_EQ(calls, 1);
  CHECK_EQ(seen_signal, SIGRTMIN + 6);
  CHECK(seen_context);
  CHECK_EQ(seen_info.si_signo, SIGRTMIN + 6);
  CHECK_EQ(seen_info.si_code, SI_QUEUE);
  CHECK_EQ(seen_info.si_pid, child);
  CHECK_EQ(seen_info.si_uid, getuid());
  CHECK_EQ(seen_info.si_value.sival_int, 31);
  CHECK_EQ(record.code, SI_QUEUE);
  CHECK_EQ(record.pid, child);
  CHECK_EQ(record.value, 31);
}

static void block_on_return(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  sigaddset(&((ucontext_t *)context)->uc_sigmask, SIGWINCH);
}

/* HotSpot's handlers change the context that they return to. */
CASE(a_chained_handler_gets_the_context_itself) {
  put_info_handler(SIGUSR1, block_on_return);
  open_and_observe(SIGUSR1);
  CHECK(!is_blocked_here(SIGWINCH));
  raise(SIGUSR1);
  CHECK(is_blocked_here(SIGWINCH));
}

CASE(chaining_goes_on_where_the_pipe_is_full) {
  struct tally tally = {0};
  set_handler(SIGUSR1, handle);
  CHECK_OK(heliograph_open(4096));
  CHECK_OK(heliograph_observe(SIGUSR1));
  for (int i = 0; i < 200; i++)
    raise(SIGUSR1);
  CHECK_EQ(calls, 200);
  drain_into(&tally);
  check_ledger(SIGUSR1, 200, &tally);
}

CASE(catching_does_not_chain) {
  set_handler(SIGUSR1, handle);
  open_and_catch(0, SIGUSR1);
  raise(SIGUSR1);
  CHECK_EQ(calls, 0);
  CHECK_OK(heliograph_observe(SIGUSR1));
  raise(SIGUSR1);
  CHECK_EQ(calls, 1);
  CHECK_OK(heliograph_catch(SIGUSR1));
  raise(SIGUSR1);
  CHECK_EQ(calls, 1);
  CHECK_EQ(ledger_of(SIGUSR1).arrived, 3);
}

static void check_flags(int signal, int (*observe)(int), uint32_t flags) {
  CHECK_EQ(observe(signal), 0);
  raise(signal);
  struct heliograph_record record = read_one();
  CHECK_EQ(record.signal, signal);
  CHECK_EQ(record.flags, flags);
}

static const int deadly[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM,
                             SIGTSTP, SIGTTIN, SIGTTOU, SIGXCPU, SIGXFSZ, SIGIO,   SIGPWR,  SIGVTALRM};
static const int harmless[] = {SIGCHLD, SIGWINCH, SIGURG, SIGCONT};

static void check_default_is_told(int (*observe)(int)) {
  CHECK_OK(heliograph_open(0));
  for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
    check_flags(deadly[i], observe, HELIOGRAPH_DEFAULT_DUE);
  check_flags(SIGRTMIN, observe, HELIOGRAPH_DEFAULT_DUE);
  check_flags(SIGRTMAX, observe, HELIOGRAPH_DEFAULT_DUE);
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
    check_flags(harmless[i], observe, 0);
}

CASE(a_default_action_that_is_due_is_told) {
  check_default_is_told(heliograph_observe);
}

CASE(observe_default_tells_that_the_default_is_due) {
  check_default_is_told(heliograph_observe_default);
}

CASE(observe_default_passes_over_the_handler_that_was_there) {
  set_handler(SIGTERM, handle);
  CHECK_OK(heliograph_open(0));
  check_flags(SIGTERM, heliograph_observe_default, HELIOGRAPH_DEFAULT_DUE);
  CHECK_EQ(calls, 0);
}

CASE(observe_default_sees_what_was_ignored) {
  signal(SIGTERM, SIG_IGN);
  CHECK_OK(heliograph_open(0));
  check_flags(SIGTERM, heliograph_observe_default, HELIOGRAPH_DEFAULT_DUE);
  CHECK_OK(heliograph_restore(SIGTERM));
  CHECK(action_of(SIGTERM).sa_handler == SIG_IGN);
}

CASE(a_caught_signal_has_no_default_due) {
  CHECK_OK(heliograph_open(0));
  check_flags(SIGTERM, heliograph_catch, 0);
}

static void check_stays_ignored(int signal) {
  CHECK(action_of(signal).sa_handler == SIG_IGN);
  CHECK(proc_says(getpid(), "SigIgn", signal));
  CHECK(!proc_says(getpid(), "SigCgt", signal));
}

CASE(what_was_ignored_stays_ignored) {
  struct heliograph_record records[2];
  signal(SIGHUP, SIG_IGN);
  open_and_observe(SIGHUP);
  check_stays_ignored(SIGHUP);
  raise(SIGHUP);
  CHECK_EQ(drain(records, 2), 0);

  CHECK_OK(heliograph_catch(SIGHUP));
  CHECK(!proc_says(getpid(), "SigIgn", SIGHUP));
  raise(SIGHUP);
  CHECK_EQ(drain(records, 2), 1);
  CHECK_EQ(records[0].signal, SIGHUP);

  CHECK_OK(heliograph_observe(SIGHUP));
  check_stays_ignored(SIGHUP);
  CHECK_OK(heliograph_restore(SIGHUP));
  check_stays_ignored(SIGHUP);
}
