#include "steer.h"

#include "clock.h"
#include "disposition.h"
#include "futex.h"
#include "names.h"
#include "shutdown.h"
#include "tasks.h"

#include <errno.h>
#include <ucontext.h>

struct steering heliograph_steering;

/*
 * Signals that are sent to processes, and that nobody lives on. Not those of the threads that make them
 * (PIPE, XFSZ, faults); not those that a stop or a terminal's rules hang on: the kernel answers a read from a
 * background thread that blocks TTIN with an error (tty_jobctrl.c); not QUIT, PROF and VTALRM, which have
 * ways of their own in a JVM.
 */
static bool may_be_steered(int signal) {
  const struct slot *slot = &heliograph_instance.slots[signal];
  if (atomic_load(&slot->is_private) || atomic_load(&slot->left) != LEFT_NOTHING)
    return false;
  switch (signal) {
  case SIGHUP:
  case SIGINT:
  case SIGTERM:
  case SIGUSR1:
  case SIGUSR2:
  case SIGALRM:
  case SIGCHLD:
  case SIGCONT:
  case SIGURG:
  case SIGIO:
  case SIGWINCH:
  case SIGPWR:
    return true;
  default:
    return signal >= heliograph_instance.first_queued;
  }
}

static bool is_seen(const struct slot *slot) {
  uint32_t mode = atomic_load(&slot->mode);
  return slot->held && heliograph_is_ours(&slot->installed) &&
         (mode == MODE_CATCH || mode == MODE_OBSERVE || mode == MODE_OBSERVE_DEFAULT);
}

/* The shutdown's are not: whichever thread still works is to take them, and not the reader's alone. */
static bool is_to_be_steered(int signal) {
  uint64_t excluded = atomic_load(&heliograph_steering.single) | atomic_load(&heliograph_shutdown_signals);
  return heliograph_steering.on && (excluded & signal_bit(signal)) == 0 &&
         is_seen(&heliograph_instance.slots[signal]) && may_be_steered(signal);
}

/* Called from the handler. */
static uint64_t bits_of(const sigset_t *set) {
  uint64_t bits = 0;
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if (sigismember(set, signal) == 1)
      bits |= signal_bit(signal);
  return bits;
}

/* Called from the handler. */
static void change(sigset_t *set, uint64_t add, uint64_t remove) {
  for (int signal = 1; signal <= MAX_SIGNAL; signal++) {
    if ((add & signal_bit(signal)) != 0)
      sigaddset(set, signal);
    else if ((remove & signal_bit(signal)) != 0)
      sigdelset(set, signal);
  }
}

/* Since when, and what was blocked then: not asked anew while blocks of the time before are left. */
static void note_beginning(int signal) {
  sigset_t mask;
  uint64_t bit = signal_bit(signal);
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  bool was_blocked = (atomic_load(&heliograph_instance.unblock_in_reader) & bit) != 0 ||
                     (sigismember(&mask, signal) == 1 && !heliograph_steer_may_block(signal));
  if (was_blocked)
    atomic_fetch_or(&heliograph_steering.blocked_before, bit);
  else
    atomic_fetch_and(&heliograph_steering.blocked_before, ~bit);
  atomic_store(&heliograph_steering.since[signal], heliograph_task_now());
}

static void steer(int signal) {
  uint64_t bit = signal_bit(signal);
  if ((atomic_load(&heliograph_steering.lifting) & bit) == 0)
    note_beginning(signal);
  heliograph_steering.is_untold = true;
  atomic_fetch_and(&heliograph_steering.lifting, ~bit);
  atomic_fetch_or(&heliograph_steering.signals, bit);
}

void heliograph_steer_follow(int signal) {
  bool is_steered = (atomic_load(&heliograph_steering.signals) & signal_bit(signal)) != 0;
  bool is_to_be = is_to_be_steered(signal);
  if (is_to_be && !is_steered) {
    steer(signal);
  } else if (!is_to_be && is_steered) {
    atomic_fetch_or(&heliograph_steering.lifting, signal_bit(signal));
    atomic_fetch_and(&heliograph_steering.signals, ~signal_bit(signal));
  }
}

/* What could not be lifted is tried again, but not so often that it takes more than a tenth of the time. */
void heliograph_steer_settle(void) {
  uint64_t lifting = atomic_load(&heliograph_steering.lifting);
  int64_t begun = heliograph_now_ns();
  bool is_due = (lifting & ~heliograph_steering.left) != 0 || begun >= heliograph_steering.again_ns;
  if (!heliograph_steering.is_untold && (lifting == 0 || !is_due))
    return;
  heliograph_wake(); /* the reader looks at what it is to unblock */
  heliograph_steering.left = heliograph_steer_visit();
  heliograph_steering.is_untold = false;
  int64_t now = heliograph_now_ns();
  heliograph_steering.again_ns = now + 10 * (now - begun);
}

void heliograph_steer_follow_shutdown(int signal) {
  pthread_mutex_lock(&heliograph_instance.lock);
  heliograph_steer_follow(signal);
  heliograph_steer_settle();
  pthread_mutex_unlock(&heliograph_instance.lock);
}

void heliograph_steer_give_up(uint64_t signals) {
  atomic_fetch_or(&heliograph_steering.single, signals);
  atomic_fetch_or(&heliograph_steering.lifting, signals);
  atomic_fetch_and(&heliograph_steering.signals, ~signals);
  atomic_fetch_add(&heliograph_steer_watch.calls, 1);
  heliograph_futex_wake(&heliograph_steer_watch.calls);
}

/* Called from the handler: a child would inherit it, and what is raised would wait. */
static bool is_to_block_nothing(const struct thread_of_handler *thread) {
  return atomic_load(&thread->starts_a_child) || atomic_load(&thread->raises);
}

/*
 * The mark comes before the last look: who takes the signal off the steered ones visits after that, and
 * either this look sees it, or the visit sees the mark. The visiting signal is blocked in this handler.
 */
void heliograph_steer_arrival(struct slot *slot, int signal, const siginfo_t *info, void *context) {
  struct thread_of_handler *thread = &heliograph_this_thread;
  uint64_t bit = signal_bit(signal);
  if (heliograph_is_reader())
    return;
  atomic_fetch_add(&slot->elsewhere, 1);
  if ((atomic_load(&heliograph_steering.signals) & bit) == 0 || info == NULL)
    return;
  if (info->si_code == SI_TKILL) {
    if (!atomic_load(&thread->raises))
      heliograph_steer_give_up(bit);
    return;
  }
  if (context == NULL || is_to_block_nothing(thread))
    return;
  sigset_t *mask = &((ucontext_t *)context)->uc_sigmask;
  atomic_fetch_or(&thread->marks, bit);
  sigaddset(mask, signal);
  if ((atomic_load(&heliograph_steering.signals) & bit) == 0) {
    sigdelset(mask, signal);
    atomic_fetch_and(&thread->marks, ~bit);
  }
}

bool heliograph_steer_adopt(sigset_t *mask, uint64_t inherited) {
  struct thread_of_handler *thread = &heliograph_this_thread;
  uint64_t steered = atomic_load(&heliograph_steering.signals);
  uint64_t lifted = (atomic_load(&thread->marks) | inherited) & ~steered;
  uint64_t taken = 0;
  if (!heliograph_is_reader() && !is_to_block_nothing(thread))
    taken = steered & ~bits_of(mask);
  bool has_changed = taken != 0 || (lifted & bits_of(mask)) != 0;
  change(mask, taken, lifted);
  atomic_fetch_and(&thread->marks, ~lifted);
  atomic_fetch_or(&thread->marks, taken);
  return has_changed;
}

bool heliograph_steer_may_block(int signal) {
  uint64_t ours = atomic_load(&heliograph_this_thread.marks) | atomic_load(&heliograph_steering.signals) |
                  atomic_load(&heliograph_steering.lifting);
  return (ours & signal_bit(signal)) != 0;
}

/* A block without a mark is looked into only where there is one of a signal that is steered. */
uint64_t heliograph_steer_part_of(const sigset_t *mask) {
  uint64_t marks = atomic_load(&heliograph_this_thread.marks);
  uint64_t other = bits_of(mask) & atomic_load(&heliograph_steering.signals) & ~marks &
                   ~atomic_load(&heliograph_steering.blocked_before);
  uint64_t ours = marks;
  int64_t started = other == 0 ? 0 : heliograph_task_started(0);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if ((other & signal_bit(signal)) != 0 && started >= atomic_load(&heliograph_steering.since[signal]))
      ours |= signal_bit(signal);
  return ours;
}

uint64_t heliograph_steer_before_child(void) {
  sigset_t all;
  sigset_t mask;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &mask); /* no handler is to change the mask meanwhile */
  atomic_store(&heliograph_this_thread.starts_a_child, true);
  uint64_t ours = heliograph_steer_part_of(&mask);
  atomic_store(&heliograph_this_thread.marks, 0);
  change(&mask, 0, ours);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  return ours;
}

/* Who lifts one of these now visits after that, and the visit waits until the mask is in place. */
void heliograph_steer_after_child(uint64_t unblocked) {
  sigset_t all;
  sigset_t mask;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &mask);
  atomic_store(&heliograph_this_thread.starts_a_child, false);
  uint64_t again = heliograph_is_reader() ? 0 : unblocked & atomic_load(&heliograph_steering.signals);
  again &= ~bits_of(&mask);
  change(&mask, again, 0);
  atomic_fetch_or(&heliograph_this_thread.marks, again);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

void heliograph_steer_after_fork_in_child(void) {
  atomic_store(&heliograph_this_thread.marks, 0);
  atomic_store(&heliograph_steering.signals, 0);
  atomic_store(&heliograph_steering.single, 0);
  atomic_store(&heliograph_steering.lifting, 0);
  heliograph_steering.on = false;
  heliograph_steering.is_untold = false;
  heliograph_steering.left = 0;
  heliograph_steer_watch.is_running = false; /* the thread is the parent's */
  atomic_store(&heliograph_steer_watch.tid, 0);
}

static void switch_to(bool on) {
  heliograph_steering.on = on;
  if (on)
    atomic_store(&heliograph_steering.single, 0);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    heliograph_steer_follow(signal);
  heliograph_steer_settle();
}

static int switch_locked(bool on) {
  if (!heliograph_instance.open)
    return -EBADF;
  if (heliograph_steering.on == on)
    return 0;
  /* A signal that is sent to one thread could not be let in there. */
  if (on && !heliograph_steer_can_visit())
    return -ENOTSUP;
  switch_to(on);
  return 0;
}

static int switch_if_possible(bool on) {
  pthread_mutex_lock(&heliograph_instance.lock);
  int result = switch_locked(on);
  pthread_mutex_unlock(&heliograph_instance.lock);
  return result;
}

int heliograph_set_steering(int steering) {
  pthread_mutex_lock(&heliograph_steer_watch.lock);
  int error = steering != 0 ? heliograph_steer_watch_start() : 0;
  if (error == 0)
    error = switch_if_possible(steering != 0);
  if (steering == 0 || error != 0)
    heliograph_steer_watch_end();
  pthread_mutex_unlock(&heliograph_steer_watch.lock);
  return error;
}

uint64_t heliograph_steered(void) {
  return atomic_load(&heliograph_steering.signals);
}

uint64_t heliograph_sent_to_threads(void) {
  return atomic_load(&heliograph_steering.single);
}
