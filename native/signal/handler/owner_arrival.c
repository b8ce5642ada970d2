#include "signal/handler/owner_arrival.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

char heliograph_attach_file[ATTACH_FILE_ROOM];

#define IN_WORKING_FOLDER (heliograph_attach_file + sizeof "/tmp/" - 1)

bool heliograph_is_owners_own(const struct slot *slot, const siginfo_t *info) {
  return atomic_load_explicit(&slot->is_private, memory_order_relaxed) && info != NULL &&
         info->si_code == SI_TKILL && info->si_pid == getpid();
}

bool heliograph_takes_owners_only(const struct slot *slot) {
  return atomic_load(&slot->is_private) && atomic_load(&slot->owners) == NULL;
}

/* HotSpot too accepts a file of its own user or of root only. */
static bool exists(const char *file) {
  struct stat status;
  return fstatat(AT_FDCWD, file, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         (status.st_uid == geteuid() || status.st_uid == 0);
}

bool heliograph_attaches(const struct slot *slot, const siginfo_t *info) {
  return atomic_load_explicit(&slot->owner_needs, memory_order_relaxed) == OWNER_NEEDS_ATTACH &&
         info != NULL && info->si_code == SI_USER &&
         (exists(IN_WORKING_FOLDER) || exists(heliograph_attach_file));
}

/* setitimer(2) gives SI_KERNEL and perf_event_open(2) POLL_*, above 0. The codes of kill(2) and its like are
 * not above 0. */
static bool is_of_timer(const siginfo_t *info) {
  return info->si_code == SI_TIMER || info->si_code > 0;
}

bool heliograph_is_for_owner(const struct slot *slot, enum mode mode, const siginfo_t *info,
                             const struct previous *previous) {
  uint32_t needs = atomic_load_explicit(&slot->owner_needs, memory_order_relaxed);
  if (needs == OWNER_NEEDS_NOTHING || info == NULL || !heliograph_has_owner(slot, &previous->action))
    return false;
  if (needs == OWNER_NEEDS_TIMERS)
    return is_of_timer(info);
  /* An observed signal is recorded, and passed on as well. */
  return mode != MODE_OBSERVE && heliograph_attaches(slot, info);
}

bool heliograph_has_owner(const struct slot *slot, const struct sigaction *previous) {
  bool needs_some = atomic_load(&slot->is_private) || atomic_load(&slot->owner_needs) != OWNER_NEEDS_NOTHING;
  return needs_some && previous->sa_handler != SIG_DFL && previous->sa_handler != SIG_IGN;
}
