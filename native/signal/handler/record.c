#include "signal/handler/record.h"

#include "signal/state.h"

#include <errno.h>
#include <unistd.h>

/*
 * The write end does not block and a record is shorter than PIPE_BUF, so the write is whole or fails
 * (pipe(7)). If the reader begins to poll meanwhile, it misses the steps, and finds the record at the end of
 * its turn.
 */
bool heliograph_write_record(const struct heliograph_record *record) {
  bool is_polled = atomic_load_explicit(&heliograph_state.spins, memory_order_relaxed);
  if (is_polled)
    atomic_fetch_add(&heliograph_state.write_steps, 1);
  bool is_written = write(heliograph_state.write_fd, record, sizeof *record) == (ssize_t)sizeof *record;
  if (is_polled)
    atomic_fetch_add(&heliograph_state.write_steps, 1);
  return is_written;
}

void heliograph_write_wake_up(void) {
  struct heliograph_record wake_up = {0};
  (void)heliograph_write_record(&wake_up);
}

int heliograph_wake(void) {
  struct slot *slot = &heliograph_state.slots[0];
  atomic_fetch_add(&slot->writers, 1);
  bool open = atomic_load(&slot->mode) == MODE_CATCH;
  if (open)
    heliograph_write_wake_up();
  atomic_fetch_sub(&slot->writers, 1);
  return open ? 0 : -EBADF;
}
