/*
 * What the service manager hears of this process: the protocol of sd_notify(3).
 *
 * A message is lines NAME=value in one datagram to the AF_UNIX socket that NOTIFY_SOCKET names. The socket
 * stays open, because a process that has run out of descriptors must still say that it ends. While it is
 * open, the thread that keeps a deadline (heliograph_deadline.h) sends, too: STOPPING=1 when a signal
 * requests the end, and EXTEND_TIMEOUT_USEC each second until the deadline.
 *
 * Each function returns 0 or -errno. Any thread may call it, but no signal handler.
 */
#ifndef HELIOGRAPH_NOTIFY_H
#define HELIOGRAPH_NOTIFY_H

#include "heliograph.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Opens the socket of that name, in place of an earlier one: a path that begins with '/', or '@' and the name
 * of an abstract socket (unix(7)). -EAFNOSUPPORT for any other, such as vsock:, -ENAMETOOLONG. Does not look
 * whether there is a receiver.
 */
HELIOGRAPH_API int heliograph_notify_open(const char *name);

/*
 * Sends a message. -EAGAIN if the receiver's queue is full, -EBADF if no socket is open. A message that may
 * wait waits for 300 ms at most. After one has waited in vain, none waits until a message gets through.
 */
HELIOGRAPH_API int heliograph_notify(const char *message, size_t length, int may_wait);

/* -EBADF if no socket is open. */
HELIOGRAPH_API int heliograph_notify_close(void);

#ifdef __cplusplus
}
#endif

#endif
