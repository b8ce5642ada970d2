/*
 * Writes records of arrivals into the self-pipe: the only place that does. The reader itself makes the
 * records of losses (reader.c). Async-signal-safe.
 */
#ifndef HELIOGRAPH_SIGNAL_HANDLER_RECORD_H
#define HELIOGRAPH_SIGNAL_HANDLER_RECORD_H

#include "heliograph.h"

#include <stdbool.h>

/* Returns whether there was room. The caller is counted in some slot's `writers`, which keeps the pipe open.
 */
bool heliograph_write_record(const struct heliograph_record *record);

/* Writes a record that only wakes the reader. A full pipe keeps the reader awake as well. */
void heliograph_write_wake_up(void);

#endif
