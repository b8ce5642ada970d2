/* A seccomp filter, as a container run-time's or a service manager's. */
#ifndef HELIOGRAPH_TEST_DENIED_CALLS_H
#define HELIOGRAPH_TEST_DENIED_CALLS_H

#include <stdbool.h>

/* From now on the system call of this name fails with the error, here and in all children. False with errno:
 * ENOTSUP if the name is not in the table. */
bool deny_call(const char *name, int error);

#endif
