/*
 * Visits: each thread of the process is sent a signal that does nothing unless somebody catches it, and that
 * nobody does; for the time of the visits a handler of ours has it. One thread at a time, so that a thread's
 * answer is known for its own. A thread that blocks that signal, or gets no processor in time, is left to
 * chance: at the end the signal is ignored again, by which the kernel drops what is still pending. What could
 * not be lifted, because a thread that might have answered has not, stays in `lifting` for a later visit.
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

#define MOST_NS INT64_C(1000000000)    /* for one thread, that could answer or is on its way to */
#define MOST_DEAF_NS INT64_C(10000000) /* for one that cannot, of sleep and of a processor's time */
#define MOST_IN_ALL_NS INT64_C(5000000000)
#define BETWEEN_LOOKS_NS INT64_C(1000000)

/* Of the visit that is under way. The rest is written while none is awaited, and so belongs to `awaited`. */
static struct {
  _Atomic(uint32_t) awaited; /* the number of the visit, and then its answer; a futex */
  _Atomic(pid_t) whom;
  _Atomic(uint64_t) inherited; /* that this thread is to unblock, without a mark */
} visit;

/* In `awaited`; what is in between numbers a visit. */
#define UNCHANGED 0
#define CHANGED UINT32_MAX

/* The handler of a visit. It blocks every signal, so that none of ours comes in between. Who has sent it is
 * not asked: to adopt harms nobody, and where the queue is full (RLIMIT_SIGPENDING) it is not known. */
static void on_visit(int signal, siginfo_t *info, void *context) {
  int errno_before = errno;
  uint32_t number = atomic_load(&visit.awaited);
  bool is_meant =
      number != UNCHANGED && number != CHANGED && atomic_load(&visit.whom) == (pid_t)syscall(SYS_gettid);
  uint64_t inherited = atomic_load(&visit.inherited);
  is_meant = is_meant && atomic_load(&visit.awaited) == number;
  (void)signal, (void)info;
  bool has_changed = heliograph_steer_adopt(&((ucontext_t *)context)->uc_sigmask, is_meant ? inherited : 0);
  if (is_meant && atomic_compare_exchange_strong(&visit.awaited, &number, has_changed ? CHANGED : UNCHANGED))
    heliograph_futex_wake(&visit.awaited);
  errno = errno_before;
}

/* Either does nothing by default. */
static const int candidates[] = {SIGURG, SIGWINCH};

void heliograph_steer_block_visits(sigset_t *mask) {
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
    sigaddset(mask, candidates[i]);
}

static bool is_free(int signal, struct sigaction *standing) {
  return !heliograph_instance.slots[signal].held && heliograph_libc_sigaction(signal, NULL, standing) == 0 &&
         (standing->sa_handler == SIG_DFL || standing->sa_handler == SIG_IGN);
}

bool heliograph_steer_can_visit(void) {
  struct sigaction standing;
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
    if (is_free(candidates[i], &standing))
      return true;
  return false;
}

/* One visit to each. */
struct round {
  int signal;
  struct sigaction before; /* what the signal did */
  int64_t until_ns;
  uint64_t lifting;
  bool has_found;  /* there was a thread that was not as it is to be */
  bool has_missed; /* one did not answer */
  bool has_left;   /* and it was not for being asleep with the signal blocked */
};

/* Takes one of them that nobody catches. False where there is none. */
static bool take_signal(struct round *round) {
  struct sigaction action = {.sa_sigaction = on_visit, .sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK};
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
    round->signal = candidates[i];
    if (is_free(round->signal, &round->before) &&
        heliograph_libc_sigaction(round->signal, &action, NULL) == 0)
      return true;
  }
  return false;
}

/* Unless somebody has put a handler of his own there meanwhile. */
static void give_back(const struct round *round) {
  struct sigaction standing;
  if (heliograph_libc_sigaction(round->signal, NULL, &standing) == 0 && standing.sa_sigaction == on_visit)
    heliograph_libc_sigaction(round->signal, &round->before, NULL);
}

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

enum answer { AS_IT_WAS, ADOPTED, ENDED, DEAF, LATE };

/*
 * A thread that blocks the visiting signal may do so for a moment only: one that the C library is starting,
 * one in a handler. That moment has no end while it gets no processor, so what counts is the processor's time
 * that it has had, and its sleep.
 */
static enum answer await_answer(pid_t tid, uint32_t number, const struct round *round) {
  struct task_signals task;
  int64_t begun = heliograph_now_ns();
  int64_t until = begun + MOST_NS;
  int64_t used_before = heliograph_task_used_ns(tid);
  int64_t slept = 0;
  for (int64_t looked = begun; atomic_load(&visit.awaited) == number;) {
    if (!heliograph_task_signals(tid, &task))
      return ENDED;
    int64_t now = heliograph_now_ns();
    if (now >= until)
      return LATE;
    bool is_deaf = (task.blocked & signal_bit(round->signal)) != 0;
    if (is_deaf && task.state == 'S')
      slept += now - looked;
    if (is_deaf && slept + heliograph_task_used_ns(tid) - used_before >= MOST_DEAF_NS)
      return DEAF;
    looked = now;
    heliograph_futex_wait(&visit.awaited, number, now + BETWEEN_LOOKS_NS);
  }
  /* The answer comes from the handler, and the mask with its return. Until then it blocks everything, and
   * does not sleep. */
  while (heliograph_now_ns() < until && heliograph_task_signals(tid, &task) && task.state != 'S' &&
         (task.blocked & signal_bit(round->signal)) != 0)
    sched_yield();
  return atomic_load(&visit.awaited) == CHANGED ? ADOPTED : AS_IT_WAS;
}

static enum answer visit_thread(pid_t tid, uint64_t inherited, const struct round *round) {
  static uint32_t last; /* under instance.lock */
  last = last == CHANGED - 1 ? UNCHANGED + 1 : last + 1;
  atomic_store(&visit.whom, tid);
  atomic_store(&visit.inherited, inherited);
  atomic_store(&visit.awaited, last);
  bool is_sent = syscall(SYS_tgkill, getpid(), tid, round->signal) == 0;
  enum answer answer = is_sent ? await_answer(tid, last, round) : ENDED;
  atomic_store(&visit.awaited, UNCHANGED);
  return answer;
}

static enum answer visit_oneself(uint64_t inherited) {
  sigset_t all;
  sigset_t mask;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &mask);
  bool has_changed = heliograph_steer_adopt(&mask, inherited);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  return has_changed ? ADOPTED : AS_IT_WAS;
}

/* False where the time is over. A thread that is as it is to be is left in peace. */
static bool visit_one(pid_t tid, void *argument) {
  struct round *round = argument;
  struct task_signals task;
  if (tid == atomic_load(&heliograph_steer_watch.tid) || !heliograph_task_signals(tid, &task))
    return true;
  uint64_t to_lift = task.blocked & round->lifting;
  uint64_t to_block = atomic_load(&heliograph_steering.signals) & ~task.blocked;
  bool is_reader = tid == atomic_load(&heliograph_instance.reader);
  if (to_lift == 0 && (to_block == 0 || is_reader))
    return true;
  bool is_over = heliograph_now_ns() >= round->until_ns;
  enum answer answer = LATE;
  if (tid == (pid_t)syscall(SYS_gettid))
    answer = visit_oneself(inherited_by(tid, to_lift));
  else if (!is_over)
    answer = visit_thread(tid, inherited_by(tid, to_lift), round);
  bool is_missed = answer == DEAF || answer == LATE;
  round->has_found = round->has_found || is_missed || answer == ADOPTED;
  round->has_missed = round->has_missed || is_missed;
  round->has_left = round->has_left || answer == LATE;
  return !is_over;
}

/*
 * A thread that was created meanwhile, by one that was not yet as it is to be, is found in the next list.
 * That there was none such is believed the second time: where threads end, the kernel's list can leave some
 * out.
 */
static void visit_all(struct round *round) {
  struct tasks_seen *seen = heliograph_tasks_seen();
  int quiet = 0;
  round->has_missed = round->has_left = false;
  while (seen != NULL && quiet < 2 && heliograph_now_ns() < round->until_ns) {
    round->has_found = false;
    heliograph_tasks_each(seen, visit_one, round);
    quiet = round->has_found ? 0 : quiet + 1;
  }
  round->has_left = round->has_left || quiet < 2;
  if (seen != NULL)
    heliograph_tasks_forget(seen);
}

uint64_t heliograph_steer_visit(void) {
  struct round round = {.lifting = atomic_load(&heliograph_steering.lifting),
                        .until_ns = heliograph_now_ns() + MOST_IN_ALL_NS};
  if (!take_signal(&round))
    return round.lifting;
  visit_all(&round);
  if (round.has_missed)
    visit_all(&round);
  give_back(&round);
  if (round.has_left)
    return round.lifting;
  atomic_fetch_and(&heliograph_steering.lifting, ~round.lifting);
  return 0;
}
