/* The reader's end of the pipe: gives out records in order, and reports losses. */
#include "signal/reader.h"

#include "signal/clock.h"
#include "signal/lineage.h"
#include "signal/reader_mask.h"
#include "signal/state.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Pauses in one turn of polling: between some microseconds and some tens, depending on the processor. A
 * caller that polls has other things to look at between the turns. */
enum { SPINS = 1000 };

/* Only the reader touches it while the library is open. */
static struct {
  uint32_t drained_at; /* `write_steps` when the pipe was last drained */
  bool is_drained;
  uint64_t next_sequence;
  uint64_t losses_reported; /* over all signals */
  uint64_t losses_reported_of[MAX_SIGNAL + 1];
  /* When the reader notices a loss, it first gives out what is in the pipe then. The report follows. */
  struct {
    bool is_due;
    size_t behind; /* bytes to read before it */
  } report;
  /* What had arrived at heliograph_mark() and is not given out yet. */
  struct {
    size_t behind;   /* bytes */
    bool unreported; /* losses */
  } mark;
} reader;

void heliograph_reader_begin(void) {
  memset(&reader, 0, sizeof reader);
  reader.next_sequence = 1;
}

void heliograph_reader_end(void) {
  heliograph_reader_reset_slice();
  atomic_store(&heliograph_state.reader, 0);
}

static size_t bytes_in_pipe(void) {
  int bytes = 0;
  return ioctl(heliograph_state.read_fd, FIONREAD, &bytes) == 0 ? (size_t)bytes : 0;
}

/*
 * Whether there is room for half a pipe of records, and for one more of each signal: a handler writes its
 * record before it holds its signal off. A page of the pipe that was read in part takes no more (pipe(7)).
 */
static bool has_room(void) {
  size_t used = bytes_in_pipe() / sizeof(struct heliograph_record);
  size_t page = (size_t)sysconf(_SC_PAGESIZE) / sizeof(struct heliograph_record);
  size_t capacity = heliograph_state.capacity;
  return used == 0 || used + capacity / 2 + MAX_SIGNAL + page <= capacity;
}

static uint64_t unreported_of(int signal) {
  return atomic_load(&heliograph_state.slots[signal].lost) - reader.losses_reported_of[signal];
}

/* Returns whether all losses are reported now. */
static bool report_losses(struct heliograph_record *records, size_t max, size_t *count) {
  *count = 0;
  for (int signal = 1; signal <= MAX_SIGNAL; signal++) {
    uint64_t lost = unreported_of(signal);
    if (lost == 0)
      continue;
    if (*count == max)
      return false;
    reader.losses_reported_of[signal] += lost;
    reader.losses_reported += lost;
    records[(*count)++] = (struct heliograph_record){.signal = signal,
                                                     .flags = HELIOGRAPH_LOST,
                                                     .count = lost,
                                                     .arrived_ns = heliograph_now_ns(),
                                                     .sequence = reader.next_sequence++};
  }
  return true;
}

/* The reader alone writes the counter, so that no read-modify-write is needed. */
static void count_dispatched(int signal) {
  _Atomic(uint64_t) *dispatched = &heliograph_state.slots[signal].dispatched;
  atomic_store_explicit(dispatched, atomic_load_explicit(dispatched, memory_order_relaxed) + 1,
                        memory_order_release);
}

/* Leaves out wake-ups, and numbers the arrivals in the pipe's order. Returns how many are left. */
static size_t number_records(struct heliograph_record *records, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (records[i].signal == 0)
      continue;
    if (kept != i)
      records[kept] = records[i];
    if (records[kept].sender != 0)
      heliograph_sender_given_out(records[kept].sender);
    if ((records[kept].flags & HELIOGRAPH_DEFAULT_DUE) != 0)
      atomic_fetch_or(&heliograph_state.defaults_due, signal_bit(records[kept].signal));
    records[kept].flags &= ~RECORD_CAUGHT;
    records[kept].sequence = reader.next_sequence++;
    count_dispatched(records[kept++].signal);
  }
  return kept;
}

static bool losses_are_unreported(void) {
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if (unreported_of(signal) != 0)
      return true;
  return false;
}

int heliograph_mark(void) {
  if (!heliograph_state.open)
    return -EBADF;
  reader.mark.unreported = losses_are_unreported();
  reader.mark.behind = bytes_in_pipe();
  return 0;
}

int heliograph_is_past_mark(void) {
  return reader.mark.behind == 0 && !reader.mark.unreported;
}

/* Asked before each wait. A handler counts a loss before it wakes the reader, so the reader sleeps on none.
 */
static bool is_time_to_report(void) {
  if (!reader.report.is_due && atomic_load(&heliograph_state.lost) != reader.losses_reported) {
    reader.report.is_due = true;
    reader.report.behind = bytes_in_pipe();
  }
  return reader.report.is_due && reader.report.behind == 0;
}

static void advance(size_t bytes) {
  reader.mark.behind -= bytes < reader.mark.behind ? bytes : reader.mark.behind;
  if (reader.report.is_due)
    reader.report.behind -= bytes;
}

static ssize_t read_pipe(struct heliograph_record *records, size_t max) {
  size_t wanted = max * sizeof *records;
  if (reader.report.is_due && reader.report.behind < wanted)
    wanted = reader.report.behind;
  reader.drained_at = atomic_load(&heliograph_state.write_steps);
  ssize_t bytes = read(heliograph_state.read_fd, records, wanted);
  if (bytes > 0)
    advance((size_t)bytes);
  reader.is_drained = bytes < (ssize_t)wanted; /* pipe(7): a short read took all */
  if (reader.is_drained && !heliograph_reader_holds_off())
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

/* Polls briefly for a write. Returns true if none began or ended. Signals that are held off must be let in as
 * soon as the pipe is empty, so it does not poll then. */
static bool polls_in_vain(void) {
  if (!reader.is_drained || !atomic_load(&heliograph_state.spins))
    return false;
  if (heliograph_reader_holds_off())
    return true;
  for (int i = 0; i < SPINS && atomic_load(&heliograph_state.spins); i++) {
    if (atomic_load(&heliograph_state.write_steps) != reader.drained_at)
      return false;
    relax();
  }
  return true;
}

static ssize_t give_out_losses(struct heliograph_record *records, size_t max) {
  size_t count;
  bool all_reported = report_losses(records, max, &count);
  reader.report.is_due = !all_reported;
  if (all_reported)
    reader.mark.unreported = false;
  return (ssize_t)count;
}

ssize_t heliograph_read(struct heliograph_record *records, size_t max) {
  heliograph_sender_release_given_out();
  for (;;) {
    heliograph_reader_adopt();
    if (heliograph_reader_holds_off() && has_room())
      heliograph_reader_let_in();
    if (is_time_to_report())
      return give_out_losses(records, max);
    bool in_vain = polls_in_vain();
    ssize_t bytes = read_pipe(records, max); /* even after polling in vain: see heliograph_write_record() */
    if (bytes >= 0) {
      size_t kept = number_records(records, (size_t)bytes / sizeof *records);
      if (kept > 0 || !reader.report.is_due)
        return (ssize_t)kept;
      continue; /* wake-ups alone, and a loss to report after them */
    }
    if (errno == EAGAIN && (in_vain || !atomic_load(&heliograph_state.spins)))
      return 0;
    if (errno != EAGAIN && errno != EINTR)
      return -errno;
  }
}
