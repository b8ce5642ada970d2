/*
 * The handler. It runs in whatever thread the kernel chose, between any two of that thread's instructions. So
 * all code of this folder makes async-signal-safe calls only (signal-safety(7)), takes no lock, allocates
 * nothing, does not call into the JVM, and keeps errno. The test handler_symbols.sh checks the calls.
 */
#include "signal/handler/handler.h"

#include "signal/clock.h"
#include "signal/handler/default_action.h"
#include "signal/handler/hooks.h"
#include "signal/handler/owner_arrival.h"
#include "signal/handler/record.h"
#include "signal/handler/sender.h"
#include "signal/state.h"

#include <errno.h>
#include <ucontext.h>
#include <unistd.h>

struct hooks heliograph_hooks;

/*
 * One foreign handler can be both above and beneath ours: ours calls it, and it calls ours back. On that
 * second call ours must not call it again, so it goes on to `below`.
 */
static _Thread_local struct {
  int signal; /* 0 if this thread is in no such handler */
  const struct previous *below;
} chaining;

_Thread_local int heliograph_passed_on;

/* The kernel's si_code for SIGCHLD is one of CLD_*, which are above 0 (sigaction(2)). */
static int32_t cause_of(int signal, int code) {
  if (code == SI_USER || code == SI_TKILL)
    return HELIOGRAPH_SENT;
  if (code == SI_TIMER)
    return HELIOGRAPH_TIMER_EXPIRED;
  if (code < 0)
    return HELIOGRAPH_QUEUED;
  return signal == SIGCHLD && code != SI_KERNEL ? HELIOGRAPH_CHILD_CHANGED : HELIOGRAPH_FROM_KERNEL;
}

/* siginfo is a union: the cause tells which members hold. */
static void describe(struct heliograph_record *record, const siginfo_t *info) {
  record->code = info->si_code;
  record->cause = cause_of(record->signal, info->si_code);
  if (record->cause == HELIOGRAPH_TIMER_EXPIRED) {
    record->value = info->si_value.sival_int;
    record->status = info->si_overrun;
    return;
  }
  if (record->cause == HELIOGRAPH_FROM_KERNEL)
    return;
  record->pid = info->si_pid;
  record->uid = info->si_uid;
  if (record->cause == HELIOGRAPH_QUEUED)
    record->value = info->si_value.sival_int;
  else if (record->cause == HELIOGRAPH_CHILD_CHANGED)
    record->status = info->si_status;
}

/* Skips signals of the kernel and of this process. */
static void look_at_sender(struct heliograph_record *record) {
  bool has_sender = record->cause == HELIOGRAPH_SENT || record->cause == HELIOGRAPH_QUEUED;
  if (has_sender && record->pid > 0 && record->pid != getpid())
    record->sender = heliograph_sender_look(record->pid, record->uid, record->arrived_ns);
  if (record->sender != 0)
    heliograph_sender_known_until(record->sender, heliograph_now_ns());
}

/*
 * Counts a loss before it wakes the reader for it. If the wake-up does not fit, the pipe is full and the
 * reader awake: it reads the count after it has drained the pipe.
 */
static bool record_arrival(struct slot *slot, int signal, const siginfo_t *info, uint32_t flags) {
  struct heliograph_record record = {
      .signal = signal, .flags = flags, .count = 1, .arrived_ns = heliograph_now_ns()};
  if (info != NULL) /* NULL if a foreign handler above ours chains with the number alone */
    describe(&record, info);
  if ((atomic_load_explicit(&heliograph_looked_at, memory_order_relaxed) & signal_bit(signal)) != 0)
    look_at_sender(&record);
  atomic_fetch_add(&slot->arrived, 1);
  if (heliograph_write_record(&record))
    return true;
  if (record.sender != 0)
    heliograph_sender_release(record.sender, 1);
  atomic_fetch_add(&slot->lost, 1);
  atomic_fetch_add(&heliograph_state.lost, 1);
  heliograph_write_wake_up();
  return false;
}

/* When the handler returns, the kernel sets the thread's mask to uc_sigmask. See struct reader_thread. */
static void hold_off_in_reader(int signal, void *context) {
  struct reader_thread *thread = &heliograph_this_thread;
  if (signal < heliograph_state.first_queued || !heliograph_is_reader() || context == NULL)
    return;
  if (++thread->written < heliograph_state.capacity / 2)
    return;
  sigaddset(&((ucontext_t *)context)->uc_sigmask, signal);
  atomic_fetch_or(&thread->held_off, signal_bit(signal));
}

static void call(const struct sigaction *action, int signal, siginfo_t *info, void *context) {
  if ((action->sa_flags & SA_SIGINFO) != 0)
    action->sa_sigaction(signal, info, context);
  else
    action->sa_handler(signal);
}

/* Does what the previous disposition would have done. */
static void pass_on(const struct previous *previous, int signal, siginfo_t *info, void *context) {
  const struct sigaction *action = &previous->action;
  if (action->sa_handler == SIG_IGN)
    return;
  if (action->sa_handler == SIG_DFL) {
    if (heliograph_default_acts(signal))
      heliograph_default_now(signal, info);
    return;
  }
  __typeof__(chaining) outer = chaining;
  chaining.signal = previous->below == NULL ? 0 : signal;
  chaining.below = previous->below;
  call(action, signal, info, context);
  chaining = outer;
}

/* The same in a child (heliograph_is_in_child()), whose thread-local variables may be a thread's of the
 * parent: written only if a foreign handler may call ours back. */
static void pass_on_in_child(const struct previous *previous, int signal, siginfo_t *info, void *context) {
  const struct sigaction *action = &previous->action;
  if (action->sa_handler == SIG_DFL && heliograph_default_acts(signal))
    heliograph_default_now_in_child(signal, info);
  if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN)
    return;
  if (previous->below != NULL)
    pass_on(previous, signal, info, context);
  else
    call(action, signal, info, context);
}

/*
 * Whether each thread blocked the signal until the reader unblocked it for us. Without us it would stay
 * pending, so its default action does not happen.
 */
static bool is_blocked_but_for_us(int signal) {
  return heliograph_is_reader() &&
         (atomic_load(&heliograph_state.unblock_in_reader) & signal_bit(signal)) != 0;
}

/* Whether the default action ends or stops the process after the arrival was observed. */
static bool default_is_due(const struct previous *previous, uint32_t mode, int signal) {
  if (!heliograph_default_acts(signal))
    return false;
  return mode == MODE_OBSERVE_DEFAULT ||
         (mode == MODE_OBSERVE && previous->action.sa_handler == SIG_DFL && !is_blocked_but_for_us(signal));
}

enum after { AFTER_NOTHING, AFTER_DEFAULT, AFTER_PREVIOUS };

/* Records the arrival, if the mode asks for it. Returns what is to happen then. */
static enum after take(struct slot *slot, int signal, const siginfo_t *info, void *context,
                       const struct previous *previous) {
  bool due = false;
  bool recorded = false;
  bool stops = false;
  /* The count first, then the look at the mode: see heliograph_await_writers(). */
  atomic_fetch_add(&slot->writers, 1);
  uint32_t mode = atomic_load(&slot->mode);
  bool is_owners = heliograph_is_for_owner(slot, mode, info, previous);
  if (!is_owners && (mode == MODE_CATCH || mode == MODE_OBSERVE || mode == MODE_OBSERVE_DEFAULT)) {
    due = default_is_due(previous, mode, signal);
    uint32_t flags = heliograph_attaches(slot, info) ? HELIOGRAPH_ATTACHES : 0;
    /* Before the look at the sender, which may wait: a shutdown must not. */
    if ((atomic_load(&heliograph_hooks.signals) & signal_bit(signal)) != 0)
      flags |= heliograph_hooks.arrived(signal, info);
    stops = (flags & ARRIVAL_STOPS_HERE) != 0;
    due = due && !stops;
    flags &= ~ARRIVAL_STOPS_HERE;
    flags |= (due ? HELIOGRAPH_DEFAULT_DUE : 0) | (mode == MODE_CATCH ? RECORD_CAUGHT : 0);
    recorded = record_arrival(slot, signal, info, flags);
    hold_off_in_reader(signal, context);
  }
  atomic_fetch_sub(&slot->writers, 1);
  if (is_owners)
    return AFTER_PREVIOUS;
  if (stops)
    return AFTER_NOTHING;
  if (due)
    return recorded ? AFTER_NOTHING : AFTER_DEFAULT; /* of a recorded arrival, the reader does the default */
  switch (mode) {
  case MODE_PASS:
    return AFTER_PREVIOUS;
  case MODE_OBSERVE: /* with SIG_DFL beneath: a due default action was handled above, else nothing happens */
    return heliograph_takes_owners_only(slot) || previous->action.sa_handler == SIG_DFL ? AFTER_NOTHING
                                                                                        : AFTER_PREVIOUS;
  case MODE_DEFAULT:
    return AFTER_DEFAULT;
  default:
    return AFTER_NOTHING;
  }
}

/* Whether raise(3) sent it: it sends to its own thread (tgkill(2)). */
static bool is_from_here(const siginfo_t *info) {
  return info != NULL && info->si_code == SI_TKILL && info->si_pid == getpid();
}

static void handle(struct slot *slot, int signal, siginfo_t *info, void *context) {
  const struct previous *previous = atomic_load(&slot->previous);
  if (heliograph_is_in_child()) {
    pass_on_in_child(chaining.signal == signal ? chaining.below : previous, signal, info, context);
    return;
  }
  if (chaining.signal == signal) {
    pass_on(chaining.below, signal, info, context);
    return;
  }
  if (heliograph_is_owners_own(slot, info)) {
    const struct previous *owners = atomic_load(&slot->owners);
    pass_on(owners != NULL ? owners : previous, signal, info, context);
    return;
  }
  if (heliograph_passed_on == signal && is_from_here(info)) {
    pass_on(previous, signal, info, context);
    return;
  }
  enum after after = take(slot, signal, info, context, previous);
  if (after == AFTER_PREVIOUS)
    pass_on(previous, signal, info, context);
  else if (after == AFTER_DEFAULT && heliograph_default_acts(signal))
    heliograph_default_now(signal, info);
}

void heliograph_on_signal(int signal, siginfo_t *info, void *context) {
  int errno_before = errno;
  handle(&heliograph_state.slots[signal], signal, info, context);
  if (errno != errno_before) /* a child may share it with a thread of the parent */
    errno = errno_before;
}
