#include "names.h"

#include "instance.h"

#include <errno.h>

int heliograph_ledger(int signal, struct heliograph_counts *counts) {
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  struct slot *slot = &heliograph_instance.slots[signal];
  /* What arrived is read last: at no moment may more seem to have gone out than have come in. */
  counts->dispatched = atomic_load(&slot->dispatched);
  counts->lost = atomic_load(&slot->lost);
  counts->arrived = atomic_load(&slot->arrived);
  return 0;
}
