/*
 * Visits: each thread of the process is sent a signal that is ignored unless somebody catches it, and that
 * nobody does; for the time of the visits a handler of ours has it. One thread at a time, so that a thread's
 * answer is known for its own. A thread that blocks that signal, or gets no processor in time, is left to
 * chance: at the end the signal's default is put back, by which the kernel drops what is still pending.
 */
#include "steer.h"

#include "clock.h"
#include "futex.h"
#include "libc_sigaction.h"
#include "tasks.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define MOST_NS INT64_C(1000000000)       /* for one thread that could answer */
#define MOST_BLOCKED_NS INT64_C(10000000) /* for one that cannot, unless it is only just starting */
#define MOST_IN_ALL_NS INT64_C(5000000000)

/* Of the visit that is under way. */
static struct {
  _Atomic(pid_t) whom;
  _Atomic(uint64_t) inherited; /* that this thread is to unblock, without a mark */
  _Atomic(uint32_t) answered;
} visit;

/* The handler of a visit. It blocks every signal, so that none of ours comes in between. */
static void on_visit(int signal, siginfo_t *info, void *context) {
  int errno_before = errno;
  (void)signal;
  if (info->si_code == SI_TKILL && info->si_pid == getpid()) {
    bool is_meant = atomic_load(&visit.whom) == (pid_t)syscall(SYS_gettid);
    heliograph_steer_adopt(&((ucontext_t *)context)->uc_sigmask,
                           is_meant ? atomic_load(&visit.inherited) : 0);
    if (is_meant) {
      atomic_store(&visit.answered, 1);
      heliograph_futex_wake(&visit.answered);
    }
  }
  errno = errno_before;
}

/* Either is ignored by default. */
static const int candidates[] = {SIGURG, SIGWINCH};

void heliograph_steer_block_visits(sigset_t *mask) {
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
    sigaddset(mask, candidates[i]);
}

/* Takes one of them that is at its default. 0 where there is none. */
static int take_signal(void) {
  struct sigaction action = {.sa_sigaction = on_visit, .sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK};
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
    struct sigaction standing;
    int signal = candidates[i];
    if (heliograph_instance.slots[signal].held || heliograph_libc_sigaction(signal, NULL, &standing) != 0 ||
        standing.sa_handler != SIG_DFL)
      continue;
    if (heliograph_libc_sigaction(signal, &action, NULL) == 0)
      return signal;
  }
  return 0;
}

/* Unless somebody has put a handler of his own there meanwhile. */
static void give_back(int signal) {
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  struct sigaction standing;
  sigemptyset(&by_default.sa_mask);
  if (heliograph_libc_sigaction(signal, NULL, &standing) == 0 && standing.sa_sigaction == on_visit)
    heliograph_libc_sigaction(signal, &by_default, NULL);
}

struct round {
  int signal;
  int64_t until_ns;
  uint64_t lifting;
};

/* Of the signals to be lifted, those whose block this thread has inherited, unless it is marked. */
static uint64_t inherited_by(pid_t tid, uint64_t lifting) {
  uint64_t candidates = lifting & ~atomic_load(&heliograph_steering.blocked_before);
  uint64_t inherited = 0;
  int64_t started = candidates == 0 ? -1 : heliograph_task_started(tid);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if ((candidates & signal_bit(signal)) != 0 && started >= atomic_load(&heliograph_steering.since[signal]))
      inherited |= signal_bit(signal);
  return inherited;
}

/* The answer comes from the handler, and the mask with its return. Until then the thread blocks everything.
 */
static void await_answer(pid_t tid, int signal, int64_t until_ns) {
  struct task_signals signals;
  while (atomic_load(&visit.answered) == 0 && heliograph_now_ns() < until_ns)
    heliograph_futex_wait(&visit.answered, 0, until_ns);
  while (heliograph_now_ns() < until_ns && heliograph_task_signals(tid, &signals) &&
         (signals.blocked & signal_bit(signal)) != 0)
    sched_yield();
}

/* False where the time is over. A thread that is as it is to be is left in peace. */
static bool visit_one(pid_t tid, void *argument) {
  const struct round *round = argument;
  struct task_signals signals;
  if (!heliograph_task_signals(tid, &signals))
    return true; /* it has ended */
  uint64_t to_lift = signals.blocked & round->lifting;
  uint64_t to_block = atomic_load(&heliograph_steering.signals) & ~signals.blocked;
  bool is_reader = tid == atomic_load(&heliograph_instance.reader);
  if (to_lift == 0 && (to_block == 0 || is_reader))
    return true;
  bool is_deaf = (signals.blocked & signal_bit(round->signal)) != 0;
  int64_t now = heliograph_now_ns();
  if (now >= round->until_ns)
    return false;
  atomic_store(&visit.whom, 0);
  atomic_store(&visit.inherited, inherited_by(tid, to_lift));
  atomic_store(&visit.answered, 0);
  atomic_store(&visit.whom, tid);
  if (syscall(SYS_tgkill, getpid(), tid, round->signal) == 0)
    await_answer(tid, round->signal, now + (is_deaf ? MOST_BLOCKED_NS : MOST_NS));
  return true;
}

/* A thread that was created meanwhile by one that had not been visited is found in the next list. */
void heliograph_steer_visit(void) {
  struct round round = {.lifting = atomic_load(&heliograph_steering.lifting),
                        .until_ns = heliograph_now_ns() + MOST_IN_ALL_NS};
  struct tasks_seen *seen = heliograph_tasks_seen();
  if (seen != NULL) {
    round.signal = take_signal();
    while (round.signal != 0 && heliograph_now_ns() < round.until_ns &&
           heliograph_tasks_each(seen, visit_one, &round)) {
    }
    if (round.signal != 0)
      give_back(round.signal);
    heliograph_tasks_forget(seen);
  }
  atomic_store(&visit.whom, 0);
  atomic_fetch_and(&heliograph_steering.lifting, ~round.lifting);
}
