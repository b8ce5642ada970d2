/* What the thread that keeps the deadline tells the service manager: see heliograph_notify.h. */
#ifndef HELIOGRAPH_DEADLINE_NOTIFY_H
#define HELIOGRAPH_DEADLINE_NOTIFY_H

#include <stdint.h>

/*
 * The process ends, in so much time at most; below 0: it has no deadline. To be called once a second: the
 * first message that gets through begins with STOPPING=1. Never waits: what fails is sent at the next call.
 */
void heliograph_notify_stopping(int64_t left_ns);

#endif
