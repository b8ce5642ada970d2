#include "once.h"

#define SIGNALS 65

/* What has come from outside; times are 0 where there is none. */
static struct {
  int64_t from;   /* when it came */
  int64_t until;  /* the JVM was sent the same one by then, or had it pending */
  int64_t due_at; /* when it is passed on */
  bool is_pending;
  bool all_told;
} came[SIGNALS];
static int64_t asked_until[SIGNALS];

void once_came(int signal, int64_t now_ms, bool is_known) {
  if (now_ms < asked_until[signal] || came[signal].due_at != 0)
    return;
  came[signal].from = now_ms;
  came[signal].until = now_ms + ONCE_MS;
  came[signal].due_at = is_known ? 0 : now_ms + ONCE_MS;
  came[signal].is_pending = false;
  came[signal].all_told = false;
}

enum once_told once_asked(int signal, int64_t sent_ms, int64_t now_ms) {
  bool is_same =
      came[signal].from != 0 && sent_ms >= came[signal].from - ONCE_MS && sent_ms <= came[signal].until;
  bool all_told = came[signal].all_told;
  asked_until[signal] = now_ms + ONCE_MS;
  if (!is_same)
    return ONCE_NOBODY;
  came[signal].from = 0;
  came[signal].due_at = 0;
  return all_told ? ONCE_ALL : ONCE_GROUP;
}

int64_t once_next_ms(void) {
  int64_t next = -1;
  for (int signal = 1; signal < SIGNALS; signal++)
    if (came[signal].due_at != 0 && (next < 0 || came[signal].due_at < next))
      next = came[signal].due_at;
  return next;
}

/* Whether the JVM may ask yet, having had it pending just now or the last time. */
static bool is_to_wait(int signal, int64_t now_ms, bool is_pending) {
  bool waits = is_pending || came[signal].is_pending;
  came[signal].is_pending = is_pending;
  if (waits) {
    came[signal].due_at = now_ms + ONCE_MS;
    came[signal].until = now_ms + ONCE_MS;
  }
  return waits;
}

int once_due(int64_t now_ms, bool (*is_pending)(int signal)) {
  for (int signal = 1; signal < SIGNALS; signal++)
    if (came[signal].due_at != 0 && came[signal].due_at <= now_ms &&
        !is_to_wait(signal, now_ms, is_pending(signal))) {
      came[signal].due_at = 0;
      came[signal].all_told = true;
      return signal;
    }
  return 0;
}
