#include "left.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

char heliograph_attach_file[ATTACH_FILE_ROOM];

#define IN_WORKING_FOLDER (heliograph_attach_file + sizeof "/tmp/" - 1)

/* HotSpot too heeds only a file of its own user's, or of root's. */
static bool is_there(const char *file) {
  struct stat status;
  return fstatat(AT_FDCWD, file, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         (status.st_uid == geteuid() || status.st_uid == 0);
}

bool heliograph_attaches(const struct slot *slot, const siginfo_t *info) {
  return atomic_load_explicit(&slot->left, memory_order_relaxed) == LEFT_ATTACH && info != NULL &&
         info->si_code == SI_USER && (is_there(IN_WORKING_FOLDER) || is_there(heliograph_attach_file));
}

bool heliograph_is_left(const struct slot *slot, enum mode mode, const siginfo_t *info,
                        const struct previous *previous) {
  uint32_t left = atomic_load_explicit(&slot->left, memory_order_relaxed);
  if (left == LEFT_NOTHING || info == NULL || !heliograph_has_owner(slot, &previous->action))
    return false;
  if (left == LEFT_TIMERS) /* setitimer(2) gives SI_KERNEL, perf_event_open(2) POLL_*; kill and its like none
                              above 0 */
    return info->si_code == SI_TIMER || info->si_code > 0;
  if (mode == MODE_OBSERVE)
    return false; /* it is passed on all the same, and whoever observes wants to know who came */
  return heliograph_attaches(slot, info);
}

bool heliograph_has_owner(const struct slot *slot, const struct sigaction *previous) {
  bool is_wanted = atomic_load(&slot->is_private) || atomic_load(&slot->left) != LEFT_NOTHING;
  return is_wanted && previous->sa_handler != SIG_DFL && previous->sa_handler != SIG_IGN;
}
