#include "sender.h"

#include "proc_file.h"

#include <stdbool.h>
#include <unistd.h>

/*
 * A sender cannot become another program within this time after a signal (execve(2) alone takes longer), and
 * so what was seen before the signal still holds. A burst that never pauses is looked at anew from time to
 * time all the same.
 */
enum { SAME_BURST_NS = 100 * 1000, LONGEST_BURST_NS = 10 * 1000 * 1000 };

/* How often it is looked: 200 times a second, and 500 times at once after a pause. A look takes some 60
 * microseconds, and the reader's look at the ancestors several times as long. */
enum { LOOK_EACH_NS = 5 * 1000 * 1000 };
static const int64_t most_ahead_ns = (int64_t)500 * LOOK_EACH_NS;

/*
 * `state` is the pid of the sender times 2^32, IS_SEEN once the sighting is whole, and how many hold the
 * place. While somebody holds it, pid and sighting stay. Held by nobody, it may be held again for the same
 * sender, or be taken for another.
 */
#define IS_SEEN (UINT64_C(1) << 31)
#define HOLDERS (IS_SEEN - 1)

struct place {
  _Atomic(uint64_t) state;
  _Atomic(int64_t) seen_ns;   /* when it was looked */
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

/* Each look has a number of its own, which tells the place too. */
static int32_t number_of(uint32_t place) {
  uint32_t look = atomic_fetch_add(&looks, 1) % (INT32_MAX / SENDER_PLACES - 1);
  return (int32_t)(look * SENDER_PLACES + place + 1);
}

static struct place *place_of(int32_t number) {
  return &places[(uint32_t)(number - 1) % SENDER_PLACES];
}

/* Takes one of the looks that there are at this time. */
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

/* Holds the place where it has a whole sighting of this sender. */
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

/* Takes a place that nobody holds, or NULL. It begins at another one each time, so that the latest look stays
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

/* `stat` first: it is there until the parent has reaped the process, and the command line only until it
 * exits. */
static bool see(struct sighting *sighting, pid_t pid) {
  int folder = heliograph_proc_open(pid);
  if (folder < 0)
    return false;
  sighting->pid = pid;
  ssize_t bytes = heliograph_proc_read(folder, "stat", sighting->stat, sizeof sighting->stat);
  sighting->stat_length = bytes < 0 ? 0 : (uint32_t)bytes;
  if (bytes > 0) {
    ssize_t arguments =
        heliograph_proc_read(folder, "cmdline", sighting->arguments, sizeof sighting->arguments);
    sighting->arguments_length = arguments < 0 ? 0 : (uint32_t)arguments;
  }
  heliograph_proc_close(folder);
  return bytes > 0;
}

int32_t heliograph_sender_look(pid_t pid, int64_t now_ns) {
  int32_t shared = share(pid, now_ns);
  if (shared != 0)
    return shared;
  struct place *place = may_look(now_ns) ? take(pid) : NULL;
  if (place == NULL)
    return 0;
  if (!see(&place->sighting, pid)) {
    atomic_store(&place->state, 0);
    return 0;
  }
  int32_t number = number_of((uint32_t)(place - places));
  atomic_store(&place->number, number);
  atomic_store(&place->seen_ns, now_ns);
  atomic_store(&place->latest_ns, now_ns);
  atomic_fetch_or(&place->state, IS_SEEN);
  return number;
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
