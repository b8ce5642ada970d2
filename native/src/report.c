/* What the kernel does with a signal now, and what lies beneath ours. */
#include "copies.h"
#include "handler.h"
#include "libc_sigaction.h"
#include "names.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* One signal's dispositions, as they were at one moment. */
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

/* The file that holds the handler's code, where there is a handler and the loader knows it; of a path that is
 * too long its end, for the file's own name is there. */
static void name_library(const struct sigaction *action, char *name, size_t room) {
  Dl_info holder;
  if (kind_of(action) != HELIOGRAPH_KIND_CAUGHT)
    return;
  if (dladdr((void *)action->sa_sigaction, &holder) != 0 && holder.dli_fname != NULL)
    (void)snprintf(name, room, "%s", end_of(holder.dli_fname, room));
}

/* Under the lock, so that ours and what is beneath it fit together. 0 or -errno. */
static int look(int signal, struct layers *layers) {
  const struct slot *slot = &heliograph_instance.slots[signal];
  if (heliograph_libc_sigaction(signal, NULL, &layers->standing) != 0)
    return -errno;
  layers->hold = HELIOGRAPH_HOLD_NONE;
  if (!slot->held && !slot->beneath)
    return 0;
  layers->hold = slot->held ? HELIOGRAPH_HOLD_HELD : HELIOGRAPH_HOLD_BENEATH;
  layers->installed = slot->installed;
  layers->beneath = atomic_load(&slot->previous)->action;
  return 0;
}

int heliograph_get_disposition(int signal, struct heliograph_disposition *disposition) {
  struct layers layers;
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  pthread_mutex_lock(&heliograph_instance.lock);
  int error = look(signal, &layers);
  pthread_mutex_unlock(&heliograph_instance.lock);
  if (error != 0)
    return error;
  /* Not under the lock: dladdr() takes the loader's, and who holds that one may be about to fork. */
  *disposition = (struct heliograph_disposition){.kind = kind_of(&layers.standing), .hold = layers.hold};
  disposition->ours = layers.standing.sa_sigaction == heliograph_on_signal;
  name_library(&layers.standing, disposition->library, sizeof disposition->library);
  if (layers.hold == HELIOGRAPH_HOLD_NONE)
    return 0;
  disposition->installed = kind_of(&layers.installed);
  disposition->on_top = layers.standing.sa_handler == layers.installed.sa_handler;
  disposition->beneath = kind_of(&layers.beneath);
  name_library(&layers.beneath, disposition->beneath_library, sizeof disposition->beneath_library);
  return 0;
}

/* Whether what the kernel has is not what we gave to it. Under instance.lock. */
static bool is_displaced(int signal, struct sigaction *standing) {
  const struct slot *slot = &heliograph_instance.slots[signal];
  return slot->held && heliograph_libc_sigaction(signal, NULL, standing) == 0 &&
         standing->sa_handler != slot->installed.sa_handler;
}

uint64_t heliograph_displaced(void) {
  uint64_t displaced = 0;
  for (int signal = 1; signal <= MAX_SIGNAL; signal++) {
    struct sigaction standing;
    pthread_mutex_lock(&heliograph_instance.lock);
    bool is = is_displaced(signal, &standing);
    pthread_mutex_unlock(&heliograph_instance.lock);
    if (is && heliograph_of_copy(&standing, "heliograph_register") == NULL)
      displaced |= signal_bit(signal);
  }
  return displaced;
}
