#include "disposition.h"

#include "clock.h"
#include "default_action.h"
#include "handler.h"
#include "left.h"
#include "libc_sigaction.h"
#include "names.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

bool heliograph_is_ours(const struct sigaction *action) {
  return action->sa_sigaction == heliograph_on_signal;
}

static bool is_same(const struct sigaction *one, const struct sigaction *other) {
  if (one->sa_handler != other->sa_handler || one->sa_flags != other->sa_flags)
    return false;
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if (sigismember(&one->sa_mask, signal) != sigismember(&other->sa_mask, signal))
      return false;
  return true;
}

/* The slot's entry for this disposition and what is below it, each kept once; NULL where there is no memory.
 */
static const struct previous *keep(struct slot *slot, const struct sigaction *action,
                                   const struct previous *below) {
  struct previous *kept = slot->all_previous;
  while (kept != NULL && !(kept->below == below && is_same(&kept->action, action)))
    kept = kept->next;
  if (kept == NULL) {
    kept = malloc(sizeof *kept);
    if (kept == NULL)
      return NULL;
    *kept = (struct previous){.action = *action, .below = below, .next = slot->all_previous};
    slot->all_previous = kept;
  }
  return kept;
}

static bool is_of_owner(const struct previous *owners, const struct sigaction *action) {
  return owners != NULL && owners->action.sa_handler == action->sa_handler;
}

/* Keeps what ours is about to replace, where handlers find it. -ENOMEM or 0. */
static int keep_previous(struct slot *slot, const struct sigaction *action) {
  const struct previous *kept = keep(slot, action, slot->beneath ? atomic_load(&slot->previous) : NULL);
  if (kept == NULL)
    return -ENOMEM;
  if (is_of_owner(atomic_load(&slot->owners), action))
    atomic_store(&slot->owners, NULL);
  atomic_store(&slot->previous, kept);
  return 0;
}

static struct sigaction simple(void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  return action;
}

/*
 * Our handler, as like to what it stands above as can be: a chained handler runs with the mask and on the
 * stack that it asked for, and system calls restart if they did before. Children are reaped or not as before
 * (POSIX, sigaction(), SA_NOCLDWAIT: ignoring SIGCHLD is one way to ask for it).
 */
static struct sigaction ours(int signal, enum mode mode, const struct sigaction *previous) {
  struct sigaction action = {.sa_sigaction = heliograph_on_signal};
  bool chains = mode == MODE_OBSERVE && previous->sa_handler != SIG_DFL && previous->sa_handler != SIG_IGN;
  if (chains) {
    action.sa_mask = previous->sa_mask;
    action.sa_flags = previous->sa_flags & (SA_RESTART | SA_ONSTACK | SA_NODEFER);
  } else {
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART | SA_ONSTACK;
  }
  action.sa_flags |= SA_SIGINFO | (previous->sa_flags & (SA_NOCLDSTOP | SA_NOCLDWAIT));
  if (signal == SIGCHLD && previous->sa_handler == SIG_IGN)
    action.sa_flags |= SA_NOCLDWAIT;
  return action;
}

/* What the kernel is to have in this mode, above the previous disposition. */
static struct sigaction wanted(int signal, enum mode mode, const struct sigaction *previous) {
  if (heliograph_has_owner(&heliograph_instance.slots[signal], previous))
    return ours(signal, mode, previous);
  switch (mode) {
  case MODE_IGNORE:
    return simple(SIG_IGN);
  case MODE_DEFAULT:
    return simple(SIG_DFL);
  case MODE_OBSERVE:
    if (previous->sa_handler == SIG_IGN)
      return *previous;
    /* fall through */
  default:
    return ours(signal, mode, previous);
  }
}

/* A signal that nobody could take, because this thread and those that it started block it, is the reader's.
 */
static void unblock_in_reader(int signal, bool seen) {
  sigset_t mask;
  uint64_t before = atomic_load(&heliograph_instance.unblock_in_reader);
  uint64_t after = before & ~signal_bit(signal);
  if (seen) {
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    if (sigismember(&mask, signal) == 1 || (before & signal_bit(signal)) != 0)
      after |= signal_bit(signal);
  }
  if (after == before)
    return;
  atomic_store(&heliograph_instance.unblock_in_reader, after);
  heliograph_wake();
}

/*
 * Into a mode in which ours records, the mode changes first, so that the first arrival finds it. Out of one,
 * the kernel's disposition changes first. Either way those handlers are waited for that saw the mode before:
 * when this returns, what they recorded is in the pipe.
 */
static int put(struct slot *slot, int signal, enum mode mode, const struct sigaction *action) {
  uint32_t mode_before = atomic_load(&slot->mode);
  bool records = heliograph_is_ours(action);
  if (records)
    atomic_store(&slot->mode, mode);
  if (heliograph_libc_sigaction(signal, action, NULL) != 0) {
    int error = errno;
    atomic_store(&slot->mode, mode_before);
    return -error;
  }
  slot->installed = *action;
  atomic_store(&slot->mode, mode);
  heliograph_await_writers(slot);
  unblock_in_reader(signal, records && mode != MODE_IGNORE && mode != MODE_DEFAULT);
  return 0;
}

static int change(struct slot *slot, int signal, enum mode mode) {
  struct sigaction standing;
  if (heliograph_libc_sigaction(signal, NULL, &standing) != 0)
    return -errno;
  bool undisturbed = slot->held && standing.sa_handler == slot->installed.sa_handler;
  if (undisturbed && atomic_load(&slot->mode) == (uint32_t)mode)
    return 0;
  if (!undisturbed && !heliograph_is_ours(&standing)) {
    slot->beneath = slot->beneath || slot->held;
    int error = keep_previous(slot, &standing);
    if (error != 0)
      return error;
  }
  struct sigaction action = wanted(signal, mode, &atomic_load(&slot->previous)->action);
  int error = put(slot, signal, mode, &action);
  slot->held = slot->held || error == 0;
  return error;
}

int heliograph_keep_foreign(struct slot *slot, const struct sigaction *foreign) {
  return keep(slot, foreign, atomic_load(&slot->previous)) == NULL ? -ENOMEM : 0;
}

/* A handler that stood above ours once, and comes to stand beneath it, still calls ours where it chains. */
static const struct previous *below_of(const struct slot *slot, const struct sigaction *action) {
  for (const struct previous *kept = slot->all_previous; kept != NULL; kept = kept->next)
    if (kept->action.sa_handler == action->sa_handler)
      return kept->below;
  return NULL;
}

int heliograph_set_previous(struct slot *slot, int signal, const struct sigaction *action, bool on_top) {
  const struct previous *kept = keep(slot, action, below_of(slot, action));
  if (kept == NULL)
    return -ENOMEM;
  /* Where another handler replaces the owner's, the owner's own arrivals still go to the owner. */
  const struct previous *owners = atomic_load(&slot->owners);
  if (owners == NULL && atomic_load(&slot->is_private))
    owners = atomic_load(&slot->previous);
  atomic_store(&slot->owners, is_of_owner(owners, action) ? NULL : owners);
  atomic_store(&slot->previous, kept);
  if (!on_top)
    return 0;
  enum mode mode = (enum mode)atomic_load(&slot->mode);
  struct sigaction next = wanted(signal, mode, action);
  return put(slot, signal, mode, &next);
}

/* Whether the previous disposition was put back; not where somebody else's handler is above ours. */
static bool put_back(struct slot *slot, int signal, const struct previous *previous) {
  struct sigaction standing;
  if (heliograph_libc_sigaction(signal, NULL, &standing) != 0 ||
      standing.sa_handler != slot->installed.sa_handler)
    return false;
  if (heliograph_libc_sigaction(signal, &previous->action, &standing) != 0)
    return false;
  if (standing.sa_handler == slot->installed.sa_handler)
    return true;
  heliograph_libc_sigaction(signal, &standing, NULL); /* it came between the look and the change */
  return false;
}

static void restore(struct slot *slot, int signal) {
  if (!slot->held)
    return;
  const struct previous *previous = atomic_load(&slot->previous);
  bool back = put_back(slot, signal, previous);
  atomic_store(&slot->mode, MODE_PASS);
  heliograph_await_writers(slot);
  slot->beneath = !back || previous->below != NULL;
  if (back && previous->below != NULL)
    atomic_store(&slot->previous,
                 previous->below); /* its owner's handler is on top again, and ours only beneath */
  slot->held = false;
  unblock_in_reader(signal, false);
}

void heliograph_restore_all(void) {
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    restore(&heliograph_instance.slots[signal], signal);
}

static int set_mode(int signal, enum mode mode) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  struct slot *slot = &heliograph_instance.slots[signal];
  int result = 0;
  pthread_mutex_lock(&heliograph_instance.lock);
  if (!heliograph_instance.open)
    result = -EBADF;
  else if (mode == MODE_PASS)
    restore(slot, signal);
  else
    result = change(slot, signal, mode);
  pthread_mutex_unlock(&heliograph_instance.lock);
  return result;
}

int heliograph_catch(int signal) {
  return set_mode(signal, MODE_CATCH);
}

int heliograph_observe(int signal) {
  return set_mode(signal, MODE_OBSERVE);
}

int heliograph_observe_default(int signal) {
  return set_mode(signal, MODE_OBSERVE_DEFAULT);
}

int heliograph_ignore(int signal) {
  return set_mode(signal, MODE_IGNORE);
}

int heliograph_default(int signal) {
  return set_mode(signal, MODE_DEFAULT);
}

int heliograph_restore(int signal) {
  return set_mode(signal, MODE_PASS);
}

int heliograph_settle(int signal) {
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  heliograph_await_writers(&heliograph_instance.slots[signal]);
  return 0;
}

int heliograph_settle_within(int signal, int64_t most_ns) {
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  int64_t until = heliograph_now_ns() + most_ns;
  while (atomic_load(&heliograph_instance.slots[signal].writers) != 0) {
    if (heliograph_now_ns() >= until)
      return -ETIMEDOUT;
    sched_yield();
  }
  return 0;
}

int heliograph_meet_default(int signal) {
  if (signal < 1 || signal > MAX_SIGNAL)
    return -EINVAL;
  if (!heliograph_default_acts(signal))
    return 0;
  /* No disposition may change while ours is set aside, or it would be overwritten. */
  pthread_mutex_lock(&heliograph_instance.lock);
  heliograph_default_now(signal, NULL);
  pthread_mutex_unlock(&heliograph_instance.lock);
  return 0;
}
