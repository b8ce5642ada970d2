/* What the previous handler's owner needs: see signal/handler/owner_arrival.h. */
#include "signal/handler/owner_arrival.h"
#include "signal/names.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int heliograph_set_private(int signal) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  atomic_store(&heliograph_state.slots[signal].is_private, true);
  return 0;
}

static int set_needs(int signal, enum owner_needs needs) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  atomic_store(&heliograph_state.slots[signal].owner_needs, needs);
  return 0;
}

int heliograph_leave_timers(int signal) {
  return set_needs(signal, OWNER_NEEDS_TIMERS);
}

int heliograph_leave_attach(int signal) {
  if (heliograph_attach_file[0] == '\0')
    (void)snprintf(heliograph_attach_file, ATTACH_FILE_ROOM, "/tmp/.attach_pid%d", (int)getpid());
  return set_needs(signal, OWNER_NEEDS_ATTACH);
}
