/*
 * What the handler sees of a signal's sender, before the sender can end. It is kept in one of a few places
 * until the reader has given out the record that names the place. Async-signal-safe.
 */
#ifndef HELIOGRAPH_SIGNAL_HANDLER_SENDER_H
#define HELIOGRAPH_SIGNAL_HANDLER_SENDER_H

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

/* How many senders the reader can be behind. */
enum { SENDER_PLACES = 16 };

/* What the handler has read of a sender. */
struct sighting {
  pid_t pid;
  uint32_t stat_length;
  uint32_t arguments_length;
  uint32_t parent_stat_length;
  char stat[512];      /* the beginning of /proc/PID/stat: the start time, its field 22, is before byte 400 */
  char arguments[512]; /* the beginning of /proc/PID/cmdline */
  char parent_stat[512]; /* the beginning of the parent's stat */
};

/* Bit n-1: the senders of signal n are looked at. */
extern _Atomic(uint64_t) heliograph_looked_at;

/*
 * Looks at the process. Returns the number of what it saw; 0 if it saw nothing, or if the process is another
 * user's than the sender. The caller releases the number once.
 */
int32_t heliograph_sender_look(pid_t pid, uint32_t uid, int64_t arrived_ns);

/* Call it after the look: up to this time the sender has not become another program. */
void heliograph_sender_known_until(int32_t number, int64_t now_ns);

/* What was seen can be overwritten once each holder of the number has released it. */
void heliograph_sender_release(int32_t number, uint32_t count);

/* What was seen under the number, or NULL. Call it before the release. */
const struct sighting *heliograph_sighting(int32_t number);

/* Forgets all that was seen. No handler runs, and no record waits for the reader. */
void heliograph_sender_forget_places(void);

#endif
