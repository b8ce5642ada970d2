#include "signal/names.h"
#include "signal/state.h"

#include <errno.h>

int heliograph_ledger(int signal, struct heliograph_counts *counts) {
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  struct slot *slot = &heliograph_state.slots[signal];
  /* `arrived` last: the sum of the others must never seem larger. */
  counts->dispatched = atomic_load(&slot->dispatched);
  counts->lost = atomic_load(&slot->lost);
  counts->arrived = atomic_load(&slot->arrived);
  return 0;
}
