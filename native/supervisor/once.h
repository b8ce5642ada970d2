/*
 * Who has a signal already. A terminal, kill(2) with a negative pid and timeout(1) signal a whole process
 * group: the JVM, the command and this process alike. A supervisor above signals the whole tree. The JVM,
 * which was sent the signal, too, then asks for it to be passed on; neither it nor the command knows whether
 * the others have it. This process does: whoever came into being before it was sent, as the command did, has
 * it as well. What the JVM was sent by about that time is the same signal.
 *
 * All times are milliseconds of one clock, which is the JVM's, too. They are above 0.
 */
#ifndef HELIOGRAPH_SUPERVISOR_ONCE_H
#define HELIOGRAPH_SUPERVISOR_ONCE_H

#include <stdbool.h>
#include <stdint.h>

/* About that time: signals of one sender to several processes are microseconds apart. */
#define ONCE_MS 500

enum once_told { ONCE_NOBODY, ONCE_GROUP, ONCE_ALL };

/* This process has been sent the signal, and so has its group, or the whole tree: `told`. */
void once_came(int signal, enum once_told told, int64_t now_ms);

/*
 * Who has the signal that the JVM was sent at that time. It can have been long ago, where the JVM asks late;
 * who has got it since has it.
 */
enum once_told once_asked(int signal, int64_t sent_ms);

/*
 * A JVM that is stopped takes later what it was sent with the others: as long as it has the signal pending,
 * it was sent it then. To be called when it is time for that.
 */
void once_look(int64_t now_ms, bool (*is_pending)(int signal));

/* When it is time to look next; -1: never. */
int64_t once_next_ms(void);

#endif
