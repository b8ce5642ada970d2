/* The receiving end of sd_notify(3). */
#ifndef HELIOGRAPH_TEST_NOTICES_H
#define HELIOGRAPH_TEST_NOTICES_H

#include <stddef.h>
#include <sys/types.h>

/*
 * A datagram socket at a path, or at an abstract name that begins with '@'. The flags of socket(2) come on
 * top of SOCK_CLOEXEC. Returns -1 with errno if it cannot be.
 */
int notices_listen_at(const char *name, int flags);

/*
 * Receives the next message as a text, which is cut off at the room. Sets the sender's pid, which is 0 if the
 * kernel does not say it. Returns the length, or -1 with errno and an empty text.
 */
ssize_t notices_next(int fd, char *text, size_t room, pid_t *from);

#endif
