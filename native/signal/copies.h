/* Other copies of this library in the process: each class loader that loads it has its own. */
#ifndef HELIOGRAPH_SIGNAL_COPIES_H
#define HELIOGRAPH_SIGNAL_COPIES_H

#include "heliograph.h"

#include <signal.h>
#include <stdbool.h>

typedef int64_t (*heliograph_register_function)(heliograph_registrar registrar, int signal, int64_t handler);

/* That function of the copy whose handler this is; NULL if the handler is no other copy's. Not under
 * state.lock, because it takes the loader's. `ours` is this copy's function of that name. */
heliograph_register_function heliograph_of_copy(const struct sigaction *action, const char *function,
                                                heliograph_register_function ours);

#endif
