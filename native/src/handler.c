/*
 * Everything here runs inside a signal handler, on whatever thread the kernel chose, between any two of its
 * instructions. So: only async-signal-safe calls (signal-safety(7)), no lock, no allocation, no blocking, no
 * call into the JVM, and errno as it was.
 */
#include "handler.h"

#include "clock.h"
#include "default_action.h"
#include "left.h"
#include "sender.h"
#include "shutdown.h"

#include <errno.h>
#include <ucontext.h>
#include <unistd.h>

/*
 * Where this thread goes when a handler that ours chained to, being above ours as well as beneath it, chains
 * back: down to what was there before that handler. The initial-exec model, because the first touch of a
 * dynamic one may allocate.
 */
static _Thread_local struct {
  int signal; /* 0 where no such handler is at work */
  const struct previous *below;
} chaining __attribute__((tls_model("initial-exec")));

/* Called from the handler. SIGCHLD from the kernel has a si_code of CLD_*, all above 0 (sigaction(2)). */
static int32_t cause_of(int signal, int code) {
  if (code == SI_USER || code == SI_TKILL)
    return HELIOGRAPH_SENT;
  if (code == SI_TIMER)
    return HELIOGRAPH_TIMER_EXPIRED;
  if (code < 0)
    return HELIOGRAPH_QUEUED;
  return signal == SIGCHLD && code != SI_KERNEL ? HELIOGRAPH_CHILD_CHANGED : HELIOGRAPH_FROM_KERNEL;
}

/* Called from the handler. siginfo is a union: which members hold depends on the cause. */
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

/* Called from the handler. What the kernel sends has no sender, and this process is known. */
static void look_at_sender(struct heliograph_record *record) {
  bool has_sender = record->cause == HELIOGRAPH_SENT || record->cause == HELIOGRAPH_QUEUED;
  if (has_sender && record->pid > 0 && record->pid != getpid())
    record->sender = heliograph_sender_look(record->pid, record->uid, record->arrived_ns);
  if (record->sender != 0)
    heliograph_sender_known_until(record->sender, heliograph_now_ns());
}

/*
 * Called from the handler: whether there was room for it. Where the reader begins to poll meanwhile, it
 * misses the steps and finds the record at the end of its turn.
 */
static bool write_record(const struct heliograph_record *record) {
  bool is_polled = atomic_load_explicit(&heliograph_instance.spins, memory_order_relaxed);
  if (is_polled)
    atomic_fetch_add(&heliograph_instance.write_steps, 1);
  bool is_written = write(heliograph_instance.write_fd, record, sizeof *record) == (ssize_t)sizeof *record;
  if (is_polled)
    atomic_fetch_add(&heliograph_instance.write_steps, 1);
  return is_written;
}

void heliograph_write_wake_up(void) {
  struct heliograph_record wake_up = {0};
  (void)write_record(&wake_up); /* a full pipe keeps the reader awake as well */
}

/*
 * Called from the handler, counted in slot->writers. The write end does not block and a record is shorter
 * than PIPE_BUF, so the write is whole or fails (pipe(7)). A loss is counted before the reader is woken for
 * it: either the wake-up gets into the pipe, or the pipe is full once more and the reader, having drained it,
 * sees the count.
 */
static bool record_arrival(struct slot *slot, int signal, const siginfo_t *info, uint32_t flags) {
  struct heliograph_record record = {
      .signal = signal, .flags = flags, .count = 1, .arrived_ns = heliograph_now_ns()};
  if (info != NULL) /* NULL where a foreign handler above ours chains with the number alone: sender unknown */
    describe(&record, info);
  if ((atomic_load_explicit(&heliograph_looked_at, memory_order_relaxed) & signal_bit(signal)) != 0)
    look_at_sender(&record);
  atomic_fetch_add(&slot->arrived, 1);
  if (write_record(&record))
    return true;
  if (record.sender != 0)
    heliograph_sender_release(record.sender, 1);
  atomic_fetch_add(&slot->lost, 1);
  atomic_fetch_add(&heliograph_instance.lost, 1);
  heliograph_write_wake_up();
  return false;
}

/* Called from the handler: the mask of the interrupted thread is what uc_sigmask says when the handler
 * returns. */
static void spare_the_reader(int signal, void *context) {
  struct thread_of_handler *thread = &heliograph_this_thread;
  if (signal < heliograph_instance.first_queued || !heliograph_is_reader() || context == NULL)
    return;
  if (++thread->written < heliograph_instance.capacity / 2)
    return;
  sigaddset(&((ucontext_t *)context)->uc_sigmask, signal);
  atomic_fetch_or(&thread->held_off, signal_bit(signal));
}

/* Called from the handler: does what the disposition that was there before would have done. */
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
  if ((action->sa_flags & SA_SIGINFO) != 0)
    action->sa_sigaction(signal, info, context);
  else
    action->sa_handler(signal);
  chaining = outer;
}

/* Called from the handler: whether the previous handler's owner sent this to one of its own threads. */
static bool is_owners_own(const struct slot *slot, const siginfo_t *info) {
  return atomic_load_explicit(&slot->is_private, memory_order_relaxed) && info != NULL &&
         info->si_code == SI_TKILL && info->si_pid == getpid();
}

/* Called from the handler: whether the previous handler is one that takes only what its owner sends. */
static bool is_the_owners(const struct slot *slot) {
  return atomic_load(&slot->is_private) && atomic_load(&slot->owners) == NULL;
}

/*
 * Called from the handler: whether this arrival met the reader only because the signal is blocked elsewhere.
 * Without us it would have stayed pending, so there is no default action to follow.
 */
static bool is_blocked_but_for_us(int signal) {
  return heliograph_is_reader() &&
         (atomic_load(&heliograph_instance.unblock_in_reader) & signal_bit(signal)) != 0;
}

/* Called from the handler: whether the default action ends or stops the process once the arrival has been
 * seen. */
static bool default_is_due(const struct previous *previous, uint32_t mode, int signal) {
  if (!heliograph_default_acts(signal))
    return false;
  return mode == MODE_OBSERVE_DEFAULT ||
         (mode == MODE_OBSERVE && previous->action.sa_handler == SIG_DFL && !is_blocked_but_for_us(signal));
}

enum after { AFTER_NOTHING, AFTER_DEFAULT, AFTER_PREVIOUS };

/* Called from the handler: records the arrival as the mode says, and tells what is to happen after that. */
static enum after take(struct slot *slot, int signal, const siginfo_t *info, void *context,
                       const struct previous *previous) {
  bool due = false;
  bool recorded = false;
  /* First counted, then looked: who changes the mode and then finds no writer knows that none will write. */
  atomic_fetch_add(&slot->writers, 1);
  uint32_t mode = atomic_load(&slot->mode);
  bool is_left = heliograph_is_left(slot, mode, info, previous);
  if (!is_left && (mode == MODE_CATCH || mode == MODE_OBSERVE || mode == MODE_OBSERVE_DEFAULT)) {
    due = default_is_due(previous, mode, signal);
    /* Before the look at the sender, which may wait: nothing is to hold up a shutdown. */
    if ((atomic_load(&heliograph_shutdown_signals) & signal_bit(signal)) != 0)
      heliograph_shutdown_arrival(signal);
    uint32_t flags = heliograph_attaches(slot, info) ? HELIOGRAPH_ATTACHES : 0;
    recorded = record_arrival(slot, signal, info, flags | (due ? HELIOGRAPH_DEFAULT_DUE : 0));
    spare_the_reader(signal, context);
  }
  atomic_fetch_sub(&slot->writers, 1);
  if (is_left)
    return AFTER_PREVIOUS;
  if (due)
    return recorded ? AFTER_NOTHING : AFTER_DEFAULT; /* if recorded, the reader sees to the default */
  switch (mode) {
  case MODE_PASS:
    return AFTER_PREVIOUS;
  case MODE_OBSERVE: /* where there is no handler to call, the default action was due or is not to be */
    return is_the_owners(slot) || previous->action.sa_handler == SIG_DFL ? AFTER_NOTHING : AFTER_PREVIOUS;
  case MODE_DEFAULT:
    return AFTER_DEFAULT;
  default:
    return AFTER_NOTHING;
  }
}

/* Called from the handler. */
static void handle(struct slot *slot, int signal, siginfo_t *info, void *context) {
  const struct previous *previous = atomic_load(&slot->previous);
  if (chaining.signal == signal) {
    pass_on(chaining.below, signal, info, context);
    return;
  }
  if (is_owners_own(slot, info)) {
    const struct previous *owners = atomic_load(&slot->owners);
    pass_on(owners != NULL ? owners : previous, signal, info, context);
    return;
  }
  enum after after = take(slot, signal, info, context, previous);
  if (after == AFTER_PREVIOUS)
    pass_on(previous, signal, info, context);
  else if (after == AFTER_DEFAULT && heliograph_default_acts(signal))
    heliograph_default_now(signal, info);
}

/* The handler. */
void heliograph_on_signal(int signal, siginfo_t *info, void *context) {
  int errno_before = errno;
  handle(&heliograph_instance.slots[signal], signal, info, context);
  errno = errno_before;
}
