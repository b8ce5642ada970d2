/* The dispatcher's end of the pipe: records out, losses told, blocked signals unblocked. */
#include "clock.h"
#include "instance.h"
#include "sender.h"
#include "slice.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of pauses, some microseconds on one processor and some tens on another: whoever polls has other things to
 * look at, too, one call after the other. */
enum { SPINS = 1000 };

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

/* Whether this thread was not the reader before. */
static bool become_reader(void) {
  struct thread_of_handler *thread = &heliograph_this_thread;
  if (heliograph_is_reader())
    return false;
  if (atomic_load(&thread->tid) == 0)
    atomic_store(&thread->tid, (pid_t)syscall(SYS_gettid));
  atomic_store(&heliograph_instance.reader, atomic_load(&thread->tid));
  return true;
}

/* A kernel that refuses leaves the slice as it is: a signal then comes later on a busy machine, and nothing
 * else. */
static void adopt_slice(void) {
  static _Thread_local bool is_short;
  bool wanted = atomic_load(&heliograph_instance.wants_short_slice);
  if (wanted != is_short)
    (void)heliograph_slice_of_thread(0, wanted);
  is_short = wanted;
}

/* Only this thread can change its own mask, so it looks before each wait whether it is to. */
static void adopt_mask(void) {
  static _Thread_local uint64_t seen;
  static _Thread_local uint64_t unblocked;
  uint64_t wanted = atomic_load(&heliograph_instance.unblock_in_reader);
  if (become_reader())
    seen = 0;
  adopt_slice();
  if (wanted == seen)
    return;
  uint64_t held_off = atomic_load(&heliograph_this_thread.held_off); /* let_in() unblocks these */
  uint64_t to_unblock = blocked_here(wanted & ~seen & ~held_off);
  uint64_t to_block = unblocked & ~wanted;
  seen = wanted;
  unblocked = (unblocked | to_unblock) & ~to_block;
  change_mask(SIG_BLOCK, to_block);
  atomic_fetch_and(&heliograph_this_thread.held_off, ~to_block);
  change_mask(SIG_UNBLOCK, to_unblock);
}

static size_t bytes_in_pipe(void) {
  int bytes = 0;
  return ioctl(heliograph_instance.read_fd, FIONREAD, &bytes) == 0 ? (size_t)bytes : 0;
}

/*
 * Whether half a pipe of records would fit now, and one more for each real-time signal, which is held off
 * only behind it. A page of the pipe that has been read in part takes no more (pipe(7): it is filled by
 * pages).
 */
static bool has_room(void) {
  size_t used = bytes_in_pipe() / sizeof(struct heliograph_record);
  size_t page = 4096 / sizeof(struct heliograph_record);
  size_t capacity = heliograph_instance.capacity;
  return used == 0 || used + capacity / 2 + MAX_SIGNAL + page <= capacity;
}

/* Lets the signals in again that were held off, once there is room for them. */
static void let_in(void) {
  struct thread_of_handler *thread = &heliograph_this_thread;
  if (atomic_load(&thread->held_off) == 0 || !has_room())
    return;
  thread->written = 0;
  change_mask(SIG_UNBLOCK, atomic_exchange(&thread->held_off, 0)); /* and here they come */
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
    if (records[kept].sender != 0)
      heliograph_sender_given_out(records[kept].sender);
    give_sequence(&records[kept++]);
    _Atomic(uint64_t) *dispatched =
        &heliograph_instance.slots[signal].dispatched; /* which nobody else writes */
    atomic_store_explicit(dispatched, atomic_load_explicit(dispatched, memory_order_relaxed) + 1,
                          memory_order_release);
  }
  return kept;
}

static bool losses_are_untold(void) {
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if (atomic_load(&heliograph_instance.slots[signal].lost) !=
        heliograph_instance.slots[signal].lost_reported)
      return true;
  return false;
}

int heliograph_mark(void) {
  if (!heliograph_instance.open)
    return -EBADF;
  heliograph_instance.mark.untold = losses_are_untold();
  heliograph_instance.mark.behind = bytes_in_pipe();
  return 0;
}

int heliograph_is_past_mark(void) {
  return heliograph_instance.mark.behind == 0 && !heliograph_instance.mark.untold;
}

/*
 * Whether losses are to be told now. None is slept on: this is asked before each wait, and a handler counts a
 * loss before it sees to it that the reader wakes.
 */
static bool is_time_to_report(void) {
  if (!heliograph_instance.report.is_due &&
      atomic_load(&heliograph_instance.lost) != heliograph_instance.lost_reported) {
    heliograph_instance.report.is_due = true;
    heliograph_instance.report.behind = bytes_in_pipe();
  }
  return heliograph_instance.report.is_due && heliograph_instance.report.behind == 0;
}

/* To the report that is due, and to the mark. */
static void come_nearer(size_t bytes) {
  size_t *behind = &heliograph_instance.mark.behind;
  *behind -= bytes < *behind ? bytes : *behind;
  if (heliograph_instance.report.is_due)
    heliograph_instance.report.behind -= bytes;
}

static ssize_t read_pipe(struct heliograph_record *records, size_t max) {
  size_t wanted = max * sizeof *records;
  if (heliograph_instance.report.is_due && heliograph_instance.report.behind < wanted)
    wanted = heliograph_instance.report.behind;
  heliograph_instance.drained_at = atomic_load(&heliograph_instance.write_steps);
  ssize_t bytes = read(heliograph_instance.read_fd, records, wanted);
  if (bytes > 0)
    come_nearer((size_t)bytes);
  bool is_drained = bytes < (ssize_t)wanted; /* pipe(7): a short read took all that there was */
  heliograph_instance.is_drained = is_drained;
  if (is_drained && atomic_load(&heliograph_this_thread.held_off) == 0)
    heliograph_this_thread.written = 0;
  return bytes;
}

static void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/*
 * Where the reader polls and has drained the pipe: looks for a while whether a write begins or ends. Whether
 * none did. Not where signals are held off: they are to be let in as soon as the pipe is empty.
 */
static bool polls_in_vain(void) {
  if (!heliograph_instance.is_drained || !atomic_load(&heliograph_instance.spins))
    return false;
  if (atomic_load(&heliograph_this_thread.held_off) != 0)
    return true;
  for (int i = 0; i < SPINS && atomic_load(&heliograph_instance.spins); i++) {
    if (atomic_load(&heliograph_instance.write_steps) != heliograph_instance.drained_at)
      return false;
    relax();
  }
  return true;
}

ssize_t heliograph_read(struct heliograph_record *records, size_t max) {
  heliograph_sender_release_given_out();
  for (;;) {
    adopt_mask();
    let_in();
    if (is_time_to_report()) {
      size_t count;
      bool all_told = report_losses(records, max, &count);
      heliograph_instance.report.is_due = !all_told;
      if (all_told)
        heliograph_instance.mark.untold = false;
      return (ssize_t)count;
    }
    bool in_vain = polls_in_vain();
    ssize_t bytes = read_pipe(records, max); /* in vain too: see write_record() */
    if (bytes >= 0) {
      size_t kept = take_stock(records, (size_t)bytes / sizeof *records);
      if (kept > 0 || !heliograph_instance.report.is_due)
        return (ssize_t)kept;
      continue; /* nothing but wake-ups, and behind them a loss to tell of */
    }
    if (errno == EAGAIN && (in_vain || !atomic_load(&heliograph_instance.spins)))
      return 0;
    if (errno != EAGAIN && errno != EINTR)
      return -errno;
  }
}
