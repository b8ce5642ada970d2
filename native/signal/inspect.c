/* Tells what the kernel does with a signal now, and what is beneath ours. */
#include "signal/copies.h"
#include "signal/disposition.h"
#include "signal/names.h"
#include "signal/standing.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A signal's dispositions, all of one moment. */
struct layers {
  struct sigaction standing;
  struct sigaction installed;
  struct sigaction beneath;
  enum heliograph_hold hold;
};

static enum heliograph_kind kind_of(const struct sigaction *action) {
  if (action->sa_handler == SIG_DFL)
    return HELIOGRAPH_KIND_DEFAULT;
  return action->sa_handler == SIG_IGN ? HELIOGRAPH_KIND_IGNORED : HELIOGRAPH_KIND_CAUGHT;
}

static const char *end_of(const char *text, size_t room) {
  size_t length = strlen(text);
  return length < room ? text : text + length - (room - 1);
}

/* Of a path that is too long, the end: the file's own name is there. */
static void name_library(const struct sigaction *action, char *name, size_t room) {
  Dl_info holder;
  if (kind_of(action) != HELIOGRAPH_KIND_CAUGHT)
    return;
  if (dladdr((void *)action->sa_sigaction, &holder) != 0 && holder.dli_fname != NULL)
    (void)snprintf(name, room, "%s", end_of(holder.dli_fname, room));
}

/* Under state.lock. 0 or -errno. */
static int look(int signal, struct layers *layers) {
  const struct holding *holding = &heliograph_holdings[signal];
  layers->hold = HELIOGRAPH_HOLD_NONE;
  int error = heliograph_get_standing(signal, &layers->standing);
  if (error != 0 || (!holding->held && !holding->beneath))
    return error;
  layers->hold = holding->held ? HELIOGRAPH_HOLD_HELD : HELIOGRAPH_HOLD_BENEATH;
  layers->installed = holding->installed;
  layers->beneath = atomic_load(&heliograph_state.slots[signal].previous)->action;
  return 0;
}

int heliograph_get_disposition(int signal, struct heliograph_disposition *disposition) {
  struct layers layers;
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  pthread_mutex_lock(&heliograph_state.lock);
  int error = look(signal, &layers);
  pthread_mutex_unlock(&heliograph_state.lock);
  if (error != 0)
    return error;
  /* Not under our lock: dladdr() takes the loader's, and a thread that holds it may fork, which takes ours.
   */
  *disposition = (struct heliograph_disposition){.kind = kind_of(&layers.standing), .hold = layers.hold};
  disposition->ours = heliograph_is_ours(&layers.standing);
  name_library(&layers.standing, disposition->library, sizeof disposition->library);
  if (layers.hold == HELIOGRAPH_HOLD_NONE)
    return 0;
  disposition->installed = kind_of(&layers.installed);
  disposition->on_top = layers.standing.sa_handler == layers.installed.sa_handler;
  disposition->beneath = kind_of(&layers.beneath);
  name_library(&layers.beneath, disposition->beneath_library, sizeof disposition->beneath_library);
  return 0;
}

/* Whether the kernel has another disposition than we gave to it. Under state.lock. */
static bool is_displaced(int signal, struct sigaction *standing) {
  const struct holding *holding = &heliograph_holdings[signal];
  return holding->held && heliograph_get_standing(signal, standing) == 0 &&
         standing->sa_handler != holding->installed.sa_handler;
}

uint64_t heliograph_displaced(void) {
  uint64_t displaced = 0;
  for (int signal = 1; signal <= MAX_SIGNAL; signal++) {
    struct sigaction standing;
    pthread_mutex_lock(&heliograph_state.lock);
    bool is = is_displaced(signal, &standing);
    pthread_mutex_unlock(&heliograph_state.lock);
    if (is && heliograph_of_copy(&standing, "heliograph_register", heliograph_register) == NULL)
      displaced |= signal_bit(signal);
  }
  return displaced;
}
