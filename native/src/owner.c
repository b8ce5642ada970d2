/* What the owner of the previous handler declares to live on: see left.h. */
#include "left.h"
#include "names.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int heliograph_set_private(int signal) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  atomic_store(&heliograph_instance.slots[signal].is_private, true);
  return 0;
}

static int leave(int signal, enum left left) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  atomic_store(&heliograph_instance.slots[signal].left, left);
  return 0;
}

int heliograph_leave_timers(int signal) {
  return leave(signal, LEFT_TIMERS);
}

int heliograph_leave_attach(int signal) {
  if (heliograph_attach_file[0] == '\0')
    (void)snprintf(heliograph_attach_file, ATTACH_FILE_ROOM, "/tmp/.attach_pid%d", (int)getpid());
  return leave(signal, LEFT_ATTACH);
}
