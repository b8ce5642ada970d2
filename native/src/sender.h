/*
 * What the handler sees of a signal's sender: it is looked at before it can end, and kept in one of a few
 * places until the reader has given out the record that names the place.
 */
#ifndef HELIOGRAPH_SENDER_H
#define HELIOGRAPH_SENDER_H

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

/* As many senders as the reader may be behind. */
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
 * Runs in the handler. Looks at the process, and returns the number of what was seen; 0 where nothing was, or
 * where the process is another user's than the signal's sender. The caller releases the number once.
 */
int32_t heliograph_sender_look(pid_t pid, uint32_t uid, int64_t arrived_ns);

/* Runs in the handler, after the look: up to this time the sender has not become another program. */
void heliograph_sender_known_until(int32_t number, int64_t now_ns);

/* Async-signal-safe. What was seen may be overwritten once each holder of the number has released it. */
void heliograph_sender_release(int32_t number, uint32_t count);

/* The reader's: it has given out a record with this number; and releases all that it has given out so far. */
void heliograph_sender_given_out(int32_t number);
void heliograph_sender_release_given_out(void);

/* What was seen under the number, or NULL. To be called before its release. */
const struct sighting *heliograph_sighting(int32_t number);

/* A part of the next. */
void heliograph_sender_forget_places(void);

/* Forgets all that was seen, and looks at no senders any more: no handler is at work, and no record waits for
 * the reader. */
void heliograph_senders_forget(void);

#endif
