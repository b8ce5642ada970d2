/* The dispatcher's end of the pipe: records out, losses told, blocked signals unblocked. */
#include "clock.h"
#include "instance.h"

#include <errno.h>
#include <unistd.h>

static void change_mask(int how, uint64_t signals) {
  sigset_t set;
  sigemptyset(&set);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if ((signals & signal_bit(signal)) != 0)
      sigaddset(&set, signal);
  pthread_sigmask(how, &set, NULL);
}

/* Of the given signals, those that the calling thread blocks. */
static uint64_t blocked_here(uint64_t signals) {
  sigset_t mask;
  uint64_t blocked = 0;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if ((signals & signal_bit(signal)) != 0 && sigismember(&mask, signal) == 1)
      blocked |= signal_bit(signal);
  return blocked;
}

/* Only this thread can change its own mask, so it looks before each wait whether it is to. */
static void adopt_mask(void) {
  static _Thread_local uint64_t seen;
  static _Thread_local uint64_t unblocked;
  uint64_t wanted = atomic_load(&heliograph_instance.unblock_in_reader);
  if (wanted == seen)
    return;
  uint64_t to_unblock = blocked_here(wanted & ~seen);
  uint64_t to_block = unblocked & ~wanted;
  seen = wanted;
  unblocked = (unblocked | to_unblock) & ~to_block;
  change_mask(SIG_UNBLOCK, to_unblock);
  change_mask(SIG_BLOCK, to_block);
}

static void give_sequence(struct heliograph_record *record) {
  record->sequence = heliograph_instance.next_sequence++;
}

/* Tells whether all that was lost is now reported. */
static bool report_losses(struct heliograph_record *records, size_t max, size_t *count) {
  *count = 0;
  for (int signal = 1; signal <= MAX_SIGNAL; signal++) {
    struct slot *slot = &heliograph_instance.slots[signal];
    uint64_t lost = atomic_load(&slot->lost) - slot->lost_reported;
    if (lost == 0)
      continue;
    if (*count == max)
      return false;
    slot->lost_reported += lost;
    heliograph_instance.lost_reported += lost;
    struct heliograph_record *record = &records[(*count)++];
    *record = (struct heliograph_record){
        .signal = signal, .flags = HELIOGRAPH_LOST, .count = lost, .arrived_ns = heliograph_now_ns()};
    give_sequence(record);
  }
  return true;
}

/* Leaves out wake-ups, and gives each arrival its place in the order that the pipe has made. */
static size_t take_stock(struct heliograph_record *records, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    int signal = records[i].signal;
    if (signal == 0)
      continue;
    if (kept != i)
      records[kept] = records[i];
    give_sequence(&records[kept++]);
    atomic_fetch_add_explicit(&heliograph_instance.slots[signal].dispatched, 1, memory_order_release);
  }
  return kept;
}

static bool is_drained;
static bool has_just_reported;

int heliograph_is_drained(void) {
  return is_drained;
}

/*
 * Before each wait: a handler counts a loss before it sees to it that this thread does not sleep. But not
 * again right after a full report: in a storm something is lost before every call, and the full pipe must be
 * read nevertheless. What was lost since the report cannot be slept on, because it found the pipe full, and
 * nobody else empties it.
 */
static size_t losses_first(struct heliograph_record *records, size_t max) {
  size_t count = 0;
  bool is_due =
      atomic_load(&heliograph_instance.lost) != heliograph_instance.lost_reported && !has_just_reported;
  has_just_reported = is_due && report_losses(records, max, &count);
  return count;
}

ssize_t heliograph_read(struct heliograph_record *records, size_t max) {
  for (;;) {
    adopt_mask();
    is_drained = false;
    size_t losses = losses_first(records, max);
    if (losses > 0)
      return (ssize_t)losses;
    ssize_t bytes = read(heliograph_instance.read_fd, records, max * sizeof *records);
    is_drained = bytes < (ssize_t)(max * sizeof *records); /* pipe(7): a short read took all that there was */
    if (bytes >= 0)
      return (ssize_t)take_stock(records, (size_t)bytes / sizeof *records);
    if (errno == EAGAIN)
      return 0;
    if (errno != EINTR)
      return -errno;
  }
}
