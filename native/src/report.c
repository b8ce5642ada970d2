/* What the kernel does with a signal now. */
#include "copies.h"
#include "handler.h"
#include "libc_sigaction.h"
#include "names.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>

int heliograph_get_disposition(int signal, struct heliograph_disposition *disposition) {
  struct sigaction standing;
  Dl_info holder;
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  if (heliograph_libc_sigaction(signal, NULL, &standing) != 0)
    return -errno;
  *disposition = (struct heliograph_disposition){.kind = HELIOGRAPH_KIND_CAUGHT};
  if (standing.sa_handler == SIG_DFL)
    disposition->kind = HELIOGRAPH_KIND_DEFAULT;
  else if (standing.sa_handler == SIG_IGN)
    disposition->kind = HELIOGRAPH_KIND_IGNORED;
  if (disposition->kind != HELIOGRAPH_KIND_CAUGHT)
    return 0;
  disposition->ours = standing.sa_sigaction == heliograph_on_signal;
  if (dladdr((void *)standing.sa_sigaction, &holder) != 0 && holder.dli_fname != NULL)
    (void)snprintf(disposition->library, sizeof disposition->library, "%s", holder.dli_fname);
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
