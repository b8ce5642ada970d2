/*
 * Who signals a whole process group (kill(2) with a negative pid, timeout(1)) or service (systemd) signals
 * the JVM, the command and this process alike. The JVM then asks for the signal to be passed on, and neither
 * it nor the command can know that the others have it; but this process has it, too, at about the same time.
 * So a signal from outside and one that the JVM was sent then count as one, and who is in our process group
 * has it already. Where the JVM does not ask, the signal was for this process alone, and is passed on late.
 */
#ifndef HELIOGRAPH_SUPERVISOR_ONCE_H
#define HELIOGRAPH_SUPERVISOR_ONCE_H

#include <stdbool.h>
#include <stdint.h>

/* At about the same time: signals of one sender to several processes are microseconds apart. A JVM that
 * pauses longer than this before it asks is told of below. */
#define ONCE_MS 500

/* The signal has come from outside. It is due later, unless `is_known`: its sender is of the tree, and sent
 * it to his parent or his whole group, of which nobody else is to be told. */
void once_came(int signal, int64_t now_ms, bool is_known);

enum once_told { ONCE_NOBODY, ONCE_GROUP, ONCE_ALL };

/* The JVM asks for the signal, which it was sent then: who has it already. */
enum once_told once_asked(int signal, int64_t sent_ms, int64_t now_ms);

/*
 * A signal that the JVM has not asked for; 0: none. It is told here once. Where the JVM has the signal
 * pending, for it is stopped, it has yet to ask.
 */
int once_due(int64_t now_ms, bool (*is_pending)(int signal));

/* When the next one is due; -1: none waits. */
int64_t once_next_ms(void);

#endif
