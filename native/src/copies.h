/* Other copies of this library in the process: each class loader that loads it has one of its own. */
#ifndef HELIOGRAPH_COPIES_H
#define HELIOGRAPH_COPIES_H

#include "heliograph.h"

#include <signal.h>
#include <stdbool.h>

typedef int64_t (*heliograph_register_function)(heliograph_registrar registrar, int signal, int64_t handler);

/* That function of the copy whose handler this is; NULL where it is no other copy's. Not under instance.lock.
 */
heliograph_register_function heliograph_of_copy(const struct sigaction *action, const char *function);

#endif
