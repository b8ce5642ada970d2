/*
 * Staying on top: a run-time's own way to set a handler, gone through so that ours stays where it is, and
 * what was asked for stands beneath it. Where ours is on top, no other is at any moment the one that the
 * kernel calls.
 */
#include "copies.h"
#include "disposition.h"
#include "libc_sigaction.h"

#include <errno.h>

/* How a registrar codes SIG_DFL, SIG_IGN, its run-time's own handler, and a refusal. */
enum { BY_DEFAULT = 0, IGNORED = 1, OWN = 2, REFUSED = -1 };

/* What the run-time puts in place for OWN: its handler, with its mask and flags. Under instance.lock. */
static struct {
  heliograph_registrar registrar; /* that it was learnt from; NULL before */
  struct sigaction action;
} own;

static int64_t call(heliograph_registrar registrar, int signal, int64_t handler) {
  return (int64_t)(intptr_t)registrar(signal, (void *)(intptr_t)handler);
}

static int64_t code_of(const struct sigaction *action) {
  if (action->sa_handler == own.action.sa_handler)
    return OWN;
  return (int64_t)(intptr_t)action->sa_handler;
}

/*
 * Looks at what the run-time puts in place, at a real-time signal that nobody has: whoever sent it one would
 * end the process, so that nobody does. That is done once.
 */
static bool learn_own(heliograph_registrar registrar) {
  if (own.registrar == registrar)
    return true;
  for (int signal = SIGRTMAX; signal >= SIGRTMIN; signal--) {
    struct sigaction before;
    if (heliograph_instance.slots[signal].held || heliograph_libc_sigaction(signal, NULL, &before) != 0 ||
        before.sa_handler != SIG_DFL)
      continue;
    int64_t old = call(registrar, signal, OWN);
    heliograph_libc_sigaction(signal, &before, &own.action);
    if (old != BY_DEFAULT || own.action.sa_handler == SIG_DFL || own.action.sa_handler == SIG_IGN)
      return false; /* not a run-time that we know the ways of */
    own.registrar = registrar;
    return true;
  }
  return false;
}

/* HotSpot leaves these three as they are where they are ignored, and tells so (jvm_posix.cpp,
 * JVM_RegisterSignal).
 */
static bool stays_ignored(int signal, const struct sigaction *before) {
  return before->sa_handler == SIG_IGN && (signal == SIGHUP || signal == SIGINT || signal == SIGTERM);
}

static struct sigaction asked_for(int64_t handler) {
  struct sigaction action = own.action;
  if (handler != OWN)
    action.sa_handler = (void (*)(int))(intptr_t)handler;
  return action;
}

/*
 * Nothing but the run-time itself knows whether it refuses a signal. So it is asked, to put in place the very
 * handler that is there; whatever mask and flags it gives to it are then put right.
 */
static bool is_refused(heliograph_registrar registrar, int signal, const struct sigaction *standing) {
  bool refused = call(registrar, signal, (int64_t)(intptr_t)standing->sa_handler) == REFUSED;
  if (!refused)
    heliograph_libc_sigaction(signal, standing, NULL);
  return refused;
}

/* The registration takes effect beneath ours. */
static int64_t register_beneath(heliograph_registrar registrar, struct slot *slot, int signal,
                                int64_t handler, const struct sigaction *standing) {
  bool on_top = slot->held && standing->sa_handler == slot->installed.sa_handler;
  const struct sigaction before = atomic_load(&slot->previous)->action;
  struct sigaction action = asked_for(handler);
  if (is_refused(registrar, signal, standing))
    return REFUSED;
  if (stays_ignored(signal, &before))
    return IGNORED;
  if (!heliograph_is_ours(&action) && heliograph_set_previous(slot, signal, &action, on_top) != 0)
    return REFUSED;
  return code_of(&before);
}

/*
 * Somebody else's handler is above ours, and the registration replaces it: then nobody is above ours any
 * more, and ours goes above what has been registered.
 */
static int64_t register_in_place_of(heliograph_registrar registrar, struct slot *slot, int signal,
                                    int64_t handler, const struct sigaction *foreign) {
  struct sigaction after;
  int64_t old = call(registrar, signal, handler);
  if (old == REFUSED || heliograph_libc_sigaction(signal, NULL, &after) != 0 ||
      after.sa_handler == foreign->sa_handler || heliograph_is_ours(&after))
    return old;
  if (heliograph_keep_foreign(slot, foreign) == 0)
    heliograph_set_previous(slot, signal, &after, true);
  return old;
}

static int64_t register_locked(heliograph_registrar registrar, int signal, int64_t handler, bool beneath) {
  struct slot *slot = &heliograph_instance.slots[signal];
  struct sigaction standing;
  if (!(slot->held || (beneath && slot->beneath)) || !learn_own(registrar) ||
      heliograph_libc_sigaction(signal, NULL, &standing) != 0)
    return call(registrar, signal, handler);
  if (beneath || standing.sa_handler == slot->installed.sa_handler)
    return register_beneath(registrar, slot, signal, handler, &standing);
  return register_in_place_of(registrar, slot, signal, handler, &standing);
}

/* What ours stands above, where it does; zero where not. */
static struct sigaction look_beneath(int signal) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  pthread_mutex_lock(&heliograph_instance.lock);
  const struct previous *previous = atomic_load(&heliograph_instance.slots[signal].previous);
  if (previous != NULL)
    action = previous->action;
  pthread_mutex_unlock(&heliograph_instance.lock);
  return action;
}

static int64_t register_here(heliograph_registrar registrar, int signal, int64_t handler, bool beneath) {
  pthread_mutex_lock(&heliograph_instance.lock);
  int64_t old = register_locked(registrar, signal, handler, beneath);
  pthread_mutex_unlock(&heliograph_instance.lock);
  return old;
}

/* Several copies of the library (one a class loader) stand above each other: what is registered goes to the
 * lowest. No lock is held while another copy's is taken: they are not always above each other in one order.
 */
int64_t heliograph_register_beneath(heliograph_registrar registrar, int signal, int64_t handler) {
  struct sigaction beneath = look_beneath(signal);
  heliograph_register_function lower = heliograph_of_copy(&beneath, "heliograph_register_beneath");
  return lower != NULL ? lower(registrar, signal, handler) : register_here(registrar, signal, handler, true);
}

int64_t heliograph_register(heliograph_registrar registrar, int signal, int64_t handler) {
  struct sigaction standing;
  if (signal < 1 || signal > MAX_SIGNAL || heliograph_libc_sigaction(signal, NULL, &standing) != 0)
    return call(registrar, signal, handler);
  heliograph_register_function other = heliograph_of_copy(&standing, "heliograph_register");
  if (other != NULL)
    return other(registrar, signal, handler);
  if (heliograph_is_ours(&standing)) {
    struct sigaction beneath = look_beneath(signal);
    other = heliograph_of_copy(&beneath, "heliograph_register_beneath");
    if (other != NULL)
      return other(registrar, signal, handler);
  }
  return register_here(registrar, signal, handler, false);
}
