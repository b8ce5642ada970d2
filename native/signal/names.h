#ifndef HELIOGRAPH_SIGNAL_NAMES_H
#define HELIOGRAPH_SIGNAL_NAMES_H

#include <stdbool.h>

bool heliograph_is_signal(int signal);

/* Whether POSIX and the C library let a program catch it. */
bool heliograph_may_be_caught(int signal);

#endif
