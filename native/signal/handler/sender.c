#include "signal/handler/sender.h"

#include "signal/handler/proc_file.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A process needs at least 50 microseconds to become another program (measured: execve(2) of a small static
 * one). So a signal that comes within 20 after the last is from the program that was seen. A burst without a
 * pause is looked at again nevertheless.
 */
enum { SAME_BURST_NS = 20 * 1000, LONGEST_BURST_NS = 10 * 1000 * 1000 };

/* The looks: 200 a second, and 500 at once after a pause. A look takes some 60 microseconds, and the reader's
 * look at the ancestors several times as long. */
enum { LOOK_EACH_NS = 5 * 1000 * 1000 };
static const int64_t most_ahead_ns = (int64_t)500 * LOOK_EACH_NS;

/*
 * `state` is the pid of the sender times 2^32, IS_SEEN once the sighting is whole, and the number of holders.
 * While there is a holder, pid and sighting stay. Without one, the place can be held again for the same
 * sender, or be taken for another.
 */
#define IS_SEEN (UINT64_C(1) << 31)
#define HOLDERS (IS_SEEN - 1)

struct place {
  _Atomic(uint64_t) state;
  _Atomic(int64_t) seen_ns;   /* the time of the look */
  _Atomic(int64_t) latest_ns; /* the latest signal of this sender */
  _Atomic(int32_t) number;
  struct sighting sighting;
};

static struct place places[SENDER_PLACES];
static _Atomic(uint32_t) looks;
static _Atomic(int64_t) ahead_until_ns; /* the time up to which looks have been spent */

_Atomic(uint64_t) heliograph_looked_at;

static uint64_t state_of(pid_t pid) {
  return (uint64_t)(uint32_t)pid << 32;
}

/* Each look has its own number, which also tells the place. */
static int32_t number_of(uint32_t place) {
  uint32_t look = atomic_fetch_add(&looks, 1) % (INT32_MAX / SENDER_PLACES - 1);
  return (int32_t)(look * SENDER_PLACES + place + 1);
}

static struct place *place_of(int32_t number) {
  return &places[(uint32_t)(number - 1) % SENDER_PLACES];
}

/* Takes one of the looks that are left at this time. */
static bool may_look(int64_t now_ns) {
  int64_t until = atomic_load(&ahead_until_ns);
  int64_t from;
  do {
    from = until > now_ns ? until : now_ns;
    if (from - now_ns > most_ahead_ns)
      return false;
  } while (!atomic_compare_exchange_weak(&ahead_until_ns, &until, from + LOOK_EACH_NS));
  return true;
}

/* Holds the place if it has a whole sighting of this sender. */
static bool hold(struct place *place, pid_t pid) {
  uint64_t state = atomic_load(&place->state);
  while ((state & ~HOLDERS) == (state_of(pid) | IS_SEEN) && (state & HOLDERS) < HOLDERS)
    if (atomic_compare_exchange_weak(&place->state, &state, state + 1))
      return true;
  return false;
}

/* The number of a look that this signal may share, or 0. */
static int32_t share(pid_t pid, int64_t now_ns) {
  for (struct place *place = places; place < places + SENDER_PLACES; place++) {
    if (!hold(place, pid))
      continue;
    bool is_same_burst = now_ns - atomic_load(&place->latest_ns) < SAME_BURST_NS &&
                         now_ns - atomic_load(&place->seen_ns) < LONGEST_BURST_NS;
    if (is_same_burst) {
      atomic_store(&place->latest_ns, now_ns);
      return atomic_load(&place->number);
    }
    atomic_fetch_sub(&place->state, 1);
  }
  return 0;
}

/* Takes a place without a holder, or NULL. It begins at another one each time, so that the latest look stays
 * longest. */
static struct place *take(pid_t pid) {
  uint32_t first = atomic_load(&looks);
  for (uint32_t i = 0; i < SENDER_PLACES; i++) {
    struct place *place = &places[(first + i) % SENDER_PLACES];
    uint64_t state = atomic_load(&place->state);
    if ((state & HOLDERS) == 0 && atomic_compare_exchange_strong(&place->state, &state, state_of(pid) | 1))
      return place;
  }
  return NULL;
}

/* Whether the process is the user's. The owner of its folder is its effective user id, or root if the process
 * is not dumpable (proc_pid(5)). */
static bool is_of_user(int folder, uint32_t uid) {
  struct stat status;
  uint32_t real;
  if (fstat(folder, &status) == 0 && status.st_uid == uid)
    return true;
  return heliograph_proc_uid(folder, &real) && real == uid;
}

/* Whether the process still has the name in `stat`. If not, it became another program in between (execve(2)),
 * and the command line may be the other's. */
static bool has_its_name_still(const struct sighting *sighting, int folder) {
  char name[64];
  ssize_t length = heliograph_proc_read(folder, "comm", name, sizeof name);
  const char *in_stat = memchr(sighting->stat, '(', sighting->stat_length);
  if (length < 1 || in_stat == NULL ||
      (size_t)(in_stat - sighting->stat) + (size_t)length >= sighting->stat_length)
    return false;
  size_t name_length = (size_t)length - 1; /* without the newline */
  return memcmp(in_stat + 1, name, name_length) == 0 && in_stat[1 + name_length] == ')';
}

/* `stat` first: it lasts until the parent has reaped the process, the command line until the
 * process exits. */
static bool see(struct sighting *sighting, int folder, pid_t pid) {
  ssize_t bytes = heliograph_proc_read(folder, "stat", sighting->stat, sizeof sighting->stat);
  if (bytes <= 0)
    return false;
  sighting->pid = pid;
  sighting->stat_length = (uint32_t)bytes;
  bytes = heliograph_proc_read(folder, "cmdline", sighting->arguments, sizeof sighting->arguments);
  sighting->arguments_length = bytes > 0 && has_its_name_still(sighting, folder) ? (uint32_t)bytes : 0;
  return true;
}

/* "PID (NAME) STATE PARENT …". The name may contain anything; no parenthesis follows its own. */
static pid_t parent_in(const char *stat, size_t length) {
  size_t at = length;
  while (at > 0 && stat[at - 1] != ')')
    at--;
  pid_t parent = 0;
  for (at += sizeof " S " - 1; at < length && stat[at] >= '0' && stat[at] <= '9'; at++)
    parent = parent * 10 + (stat[at] - '0');
  return parent;
}

/* xargs(1) and timeout(1) end as soon as their child has. Their parent is not found after that. */
static void see_parent(struct sighting *sighting) {
  sighting->parent_stat_length = 0;
  int folder = heliograph_proc_open(parent_in(sighting->stat, sighting->stat_length));
  if (folder < 0)
    return;
  ssize_t bytes = heliograph_proc_read(folder, "stat", sighting->parent_stat, sizeof sighting->parent_stat);
  sighting->parent_stat_length = bytes > 0 ? (uint32_t)bytes : 0;
  heliograph_proc_close(folder);
}

static bool see_sender(struct sighting *sighting, pid_t pid, uint32_t uid) {
  int folder = heliograph_proc_open(pid);
  if (folder < 0)
    return false;
  bool seen = is_of_user(folder, uid) && see(sighting, folder, pid);
  heliograph_proc_close(folder);
  if (seen)
    see_parent(sighting);
  return seen;
}

int32_t heliograph_sender_look(pid_t pid, uint32_t uid, int64_t arrived_ns) {
  int32_t shared = share(pid, arrived_ns);
  if (shared != 0)
    return shared;
  struct place *place = may_look(arrived_ns) ? take(pid) : NULL;
  if (place == NULL)
    return 0;
  if (!see_sender(&place->sighting, pid, uid)) {
    atomic_store(&place->state, 0);
    return 0;
  }
  int32_t number = number_of((uint32_t)(place - places));
  atomic_store(&place->number, number);
  atomic_store(&place->seen_ns, arrived_ns);
  atomic_store(&place->latest_ns, arrived_ns);
  atomic_fetch_or(&place->state, IS_SEEN);
  return number;
}

void heliograph_sender_known_until(int32_t number, int64_t now_ns) {
  atomic_store(&place_of(number)->latest_ns, now_ns);
}

void heliograph_sender_release(int32_t number, uint32_t count) {
  atomic_fetch_sub(&place_of(number)->state, count);
}

const struct sighting *heliograph_sighting(int32_t number) {
  if (number < 1)
    return NULL;
  struct place *place = place_of(number);
  uint64_t state = atomic_load(&place->state);
  bool is_held = (state & HOLDERS) != 0 && (state & IS_SEEN) != 0;
  return is_held && atomic_load(&place->number) == number ? &place->sighting : NULL;
}

void heliograph_sender_forget_places(void) {
  for (struct place *place = places; place < places + SENDER_PLACES; place++)
    atomic_store(&place->state, 0);
}
