#include "signal/disposition.h"

#include "signal/handler/handler.h"
#include "signal/handler/owner_arrival.h"
#include "signal/names.h"
#include "signal/standing.h"

#include <errno.h>
#include <stdlib.h>

struct holding heliograph_holdings[MAX_SIGNAL + 1];

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

/* The holding's entry for this disposition and what is below it; NULL if there is no memory. */
static const struct previous *keep(struct holding *holding, const struct sigaction *action,
                                   const struct previous *below) {
  struct previous *kept = holding->all_previous;
  while (kept != NULL && !(kept->below == below && is_same(&kept->action, action)))
    kept = kept->next;
  if (kept == NULL) {
    kept = malloc(sizeof *kept);
    if (kept == NULL)
      return NULL;
    *kept = (struct previous){.action = *action, .below = below, .next = holding->all_previous};
    holding->all_previous = kept;
  }
  return kept;
}

static bool is_of_owner(const struct previous *owners, const struct sigaction *action) {
  return owners != NULL && owners->action.sa_handler == action->sa_handler;
}

/* Keeps what ours is about to replace, so that handlers find it. 0 or -ENOMEM. */
static int keep_previous(int signal, const struct sigaction *action) {
  struct slot *slot = &heliograph_state.slots[signal];
  struct holding *holding = &heliograph_holdings[signal];
  const struct previous *kept = keep(holding, action, holding->beneath ? atomic_load(&slot->previous) : NULL);
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
 * Our handler, as similar to the previous disposition as can be. A chained handler runs with the mask and on
 * the stack that it asked for. System calls restart if they did before. Children are reaped if they were
 * before (POSIX, sigaction(), SA_NOCLDWAIT: ignoring SIGCHLD asks for that, too).
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
  if (heliograph_has_owner(&heliograph_state.slots[signal], previous))
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

/*
 * Threads inherit the mask. If the caller blocks the signal, probably all threads do, and only the reader can
 * receive it.
 */
static void unblock_in_reader(int signal, bool records) {
  sigset_t mask;
  uint64_t before = atomic_load(&heliograph_state.unblock_in_reader);
  uint64_t after = before & ~signal_bit(signal);
  if (records) {
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    if (sigismember(&mask, signal) == 1 || (before & signal_bit(signal)) != 0)
      after |= signal_bit(signal);
  }
  if (after == before)
    return;
  atomic_store(&heliograph_state.unblock_in_reader, after);
  heliograph_wake();
}

/*
 * To start recording, the mode changes first, then the disposition. To stop, the disposition changes first,
 * then the mode. Then this waits for the handlers that saw the mode before: when it returns, their records
 * are in the pipe.
 */
static int put(int signal, enum mode mode, const struct sigaction *action) {
  struct slot *slot = &heliograph_state.slots[signal];
  uint32_t mode_before = atomic_load(&slot->mode);
  bool records = heliograph_is_ours(action);
  struct sigaction old;
  if (records)
    atomic_store(&slot->mode, mode);
  int error = heliograph_set_standing(signal, action, &old);
  if (error != 0) {
    atomic_store(&slot->mode, mode_before);
    return error;
  }
  heliograph_holdings[signal].installed = *action;
  atomic_store(&slot->mode, mode);
  heliograph_await_writers(slot);
  unblock_in_reader(signal, records && mode != MODE_IGNORE && mode != MODE_DEFAULT);
  return 0;
}

static int change(int signal, enum mode mode) {
  struct slot *slot = &heliograph_state.slots[signal];
  struct holding *holding = &heliograph_holdings[signal];
  struct sigaction standing;
  int error = heliograph_get_standing(signal, &standing);
  if (error != 0)
    return error;
  bool undisturbed = holding->held && standing.sa_handler == holding->installed.sa_handler;
  if (undisturbed && atomic_load(&slot->mode) == (uint32_t)mode)
    return 0;
  if (!undisturbed && !heliograph_is_ours(&standing)) {
    holding->beneath = holding->beneath || holding->held;
    error = keep_previous(signal, &standing);
    if (error != 0)
      return error;
  }
  struct sigaction action = wanted(signal, mode, &atomic_load(&slot->previous)->action);
  error = put(signal, mode, &action);
  holding->held = holding->held || error == 0;
  return error;
}

int heliograph_keep_foreign(int signal, const struct sigaction *foreign) {
  struct slot *slot = &heliograph_state.slots[signal];
  return keep(&heliograph_holdings[signal], foreign, atomic_load(&slot->previous)) == NULL ? -ENOMEM : 0;
}

/*
 * A handler that was above ours may now be beneath it and still call it. This finds the `below` that it was
 * kept with.
 */
static const struct previous *below_of(const struct holding *holding, const struct sigaction *action) {
  for (const struct previous *kept = holding->all_previous; kept != NULL; kept = kept->next)
    if (kept->action.sa_handler == action->sa_handler)
      return kept->below;
  return NULL;
}

int heliograph_set_previous(int signal, const struct sigaction *action, bool on_top) {
  struct slot *slot = &heliograph_state.slots[signal];
  struct holding *holding = &heliograph_holdings[signal];
  const struct previous *kept = keep(holding, action, below_of(holding, action));
  if (kept == NULL)
    return -ENOMEM;
  /*
   * keep the owner's handler: signals that the owner sends to itself go there, even if an app's handler
   * replaces it
   */
  const struct previous *owners = atomic_load(&slot->owners);
  if (owners == NULL && atomic_load(&slot->is_private))
    owners = atomic_load(&slot->previous);
  atomic_store(&slot->owners, is_of_owner(owners, action) ? NULL : owners);
  atomic_store(&slot->previous, kept);
  if (!on_top)
    return 0;
  enum mode mode = (enum mode)atomic_load(&slot->mode);
  struct sigaction next = wanted(signal, mode, action);
  return put(signal, mode, &next);
}

/* False if a foreign handler is above ours: the kernel's disposition is then left as it is. */
static bool put_back(int signal, const struct previous *previous) {
  const struct sigaction *installed = &heliograph_holdings[signal].installed;
  struct sigaction standing;
  if (heliograph_get_standing(signal, &standing) != 0 || standing.sa_handler != installed->sa_handler)
    return false;
  struct sigaction old;
  if (heliograph_set_standing(signal, &previous->action, &old) != 0)
    return false;
  if (old.sa_handler == installed->sa_handler)
    return true;
  heliograph_set_standing(signal, &old, &standing); /* a foreign handler came after the look */
  return false;
}

static void restore(int signal) {
  struct slot *slot = &heliograph_state.slots[signal];
  struct holding *holding = &heliograph_holdings[signal];
  if (!holding->held)
    return;
  const struct previous *previous = atomic_load(&slot->previous);
  bool back = put_back(signal, previous);
  atomic_store(&slot->mode, MODE_PASS);
  heliograph_await_writers(slot);
  holding->beneath = !back || previous->below != NULL;
  if (back && previous->below != NULL)
    atomic_store(&slot->previous,
                 previous->below); /* a foreign handler is on top again, and ours beneath it */
  holding->held = false;
  unblock_in_reader(signal, false);
}

void heliograph_restore_all(void) {
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    restore(signal);
}

static int set_mode(int signal, enum mode mode) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  int result = 0;
  pthread_mutex_lock(&heliograph_state.lock);
  if (!heliograph_state.open)
    result = -EBADF;
  else if (mode == MODE_PASS)
    restore(signal);
  else
    result = change(signal, mode);
  pthread_mutex_unlock(&heliograph_state.lock);
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
