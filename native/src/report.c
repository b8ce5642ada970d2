/* What the kernel does with a signal now. */
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
