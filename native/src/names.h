/* Which numbers are signals, and which of those a program may take. */
#ifndef HELIOGRAPH_NAMES_H
#define HELIOGRAPH_NAMES_H

#include <stdbool.h>

bool heliograph_is_signal(int signal);

bool heliograph_may_be_caught(int signal);

#endif
