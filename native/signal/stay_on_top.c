/*
 * Staying on top of a run-time's own way to set a handler (HotSpot's JVM_RegisterSignal). Our handler stays
 * the one that the kernel calls, at each moment; what the app asks the run-time for goes beneath it.
 */
#include "signal/copies.h"
#include "signal/disposition.h"
#include "signal/libc_sigaction.h"
#include "signal/standing.h"

/* How a registrar codes SIG_DFL, SIG_IGN, the run-time's own handler, and a refusal. */
enum { BY_DEFAULT = 0, IGNORED = 1, OWN = 2, REFUSED = -1 };

/* The run-time's own handler, with its mask and flags. Under state.lock. */
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
 * Lets the run-time set its own handler for a moment, and reads it. Done once, at an unused real-time signal:
 * it is at its default action, so sending it would already end the process.
 */
static bool learn_own(heliograph_registrar registrar) {
  if (own.registrar == registrar)
    return true;
  for (int signal = SIGRTMAX; signal >= SIGRTMIN; signal--) {
    struct sigaction before;
    if (heliograph_holdings[signal].held || heliograph_get_standing(signal, &before) != 0 ||
        before.sa_handler != SIG_DFL)
      continue;
    int64_t old = call(registrar, signal, OWN);
    heliograph_set_standing(signal, &before, &own.action);
    if (old != BY_DEFAULT || own.action.sa_handler == SIG_DFL || own.action.sa_handler == SIG_IGN)
      return false; /* another kind of run-time */
    own.registrar = registrar;
    return true;
  }
  return false;
}

/* If one of these three is ignored, HotSpot leaves it ignored and says so (jvm_posix.cpp,
 * JVM_RegisterSignal). */
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
 * Only the run-time knows whether it refuses a signal. So this asks it to set the handler that the kernel
 * already has. That changes mask and flags alone, and this sets them back.
 */
static bool is_refused(heliograph_registrar registrar, int signal, const struct sigaction *standing) {
  struct sigaction old;
  bool refused = call(registrar, signal, (int64_t)(intptr_t)standing->sa_handler) == REFUSED;
  if (!refused)
    heliograph_set_standing(signal, standing, &old);
  return refused;
}

/* The registration takes effect beneath ours. */
static int64_t register_beneath(heliograph_registrar registrar, int signal, int64_t handler,
                                const struct sigaction *standing) {
  const struct holding *holding = &heliograph_holdings[signal];
  bool on_top = holding->held && standing->sa_handler == holding->installed.sa_handler;
  const struct sigaction before = atomic_load(&heliograph_state.slots[signal].previous)->action;
  struct sigaction action = asked_for(handler);
  if (is_refused(registrar, signal, standing))
    return REFUSED;
  if (stays_ignored(signal, &before))
    return IGNORED;
  if (!heliograph_is_ours(&action) && heliograph_set_previous(signal, &action, on_top) != 0)
    return REFUSED;
  return code_of(&before);
}

/* A foreign handler is above ours, and the registration replaces it. Then ours goes above what was
 * registered. */
static int64_t register_in_place_of(heliograph_registrar registrar, int signal, int64_t handler,
                                    const struct sigaction *foreign) {
  struct sigaction after;
  int64_t old = call(registrar, signal, handler);
  if (old == REFUSED || heliograph_get_standing(signal, &after) != 0 ||
      after.sa_handler == foreign->sa_handler || heliograph_is_ours(&after))
    return old;
  if (heliograph_keep_foreign(signal, foreign) == 0)
    heliograph_set_previous(signal, &after, true);
  return old;
}

static int64_t register_locked(heliograph_registrar registrar, int signal, int64_t handler, bool beneath) {
  const struct holding *holding = &heliograph_holdings[signal];
  struct sigaction standing;
  if (!(holding->held || (beneath && holding->beneath)) || !learn_own(registrar) ||
      heliograph_get_standing(signal, &standing) != 0)
    return call(registrar, signal, handler);
  if (beneath || standing.sa_handler == holding->installed.sa_handler)
    return register_beneath(registrar, signal, handler, &standing);
  return register_in_place_of(registrar, signal, handler, &standing);
}

/* What is beneath ours; zero if ours is above nothing. */
static struct sigaction look_beneath(int signal) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  pthread_mutex_lock(&heliograph_state.lock);
  const struct previous *previous = atomic_load(&heliograph_state.slots[signal].previous);
  if (previous != NULL)
    action = previous->action;
  pthread_mutex_unlock(&heliograph_state.lock);
  return action;
}

static int64_t register_here(heliograph_registrar registrar, int signal, int64_t handler, bool beneath) {
  pthread_mutex_lock(&heliograph_state.lock);
  int64_t old = register_locked(registrar, signal, handler, beneath);
  pthread_mutex_unlock(&heliograph_state.lock);
  return old;
}

/*
 * Copies of the library can stand above each other: the registration goes to the lowest. This releases its
 * lock before it calls another copy: two copies can be stacked in opposite order for two signals.
 */
int64_t heliograph_register_beneath(heliograph_registrar registrar, int signal, int64_t handler) {
  struct sigaction beneath = look_beneath(signal);
  heliograph_register_function lower =
      heliograph_of_copy(&beneath, "heliograph_register_beneath", heliograph_register_beneath);
  return lower != NULL ? lower(registrar, signal, handler) : register_here(registrar, signal, handler, true);
}

int64_t heliograph_register(heliograph_registrar registrar, int signal, int64_t handler) {
  struct sigaction standing;
  if (signal < 1 || signal > MAX_SIGNAL || heliograph_libc_sigaction(signal, NULL, &standing) != 0)
    return call(registrar, signal, handler);
  heliograph_register_function other =
      heliograph_of_copy(&standing, "heliograph_register", heliograph_register);
  if (other != NULL)
    return other(registrar, signal, handler);
  if (heliograph_is_ours(&standing)) {
    struct sigaction beneath = look_beneath(signal);
    other = heliograph_of_copy(&beneath, "heliograph_register_beneath", heliograph_register_beneath);
    if (other != NULL)
      return other(registrar, signal, handler);
  }
  return register_here(registrar, signal, handler, false);
}
