#include "once.h"

#define SIGNALS 65

static struct {
  int64_t until;       /* what the JVM was sent by then is the same */
  int64_t look_at;     /* 0: no more */
  enum once_told told; /* the last time */
  bool was_pending;
} came[SIGNALS];

void once_came(int signal, enum once_told told, int64_t now_ms) {
  bool all = told == ONCE_ALL || once_asked(signal, now_ms) == ONCE_ALL;
  came[signal].told = all ? ONCE_ALL : told;
  came[signal].until = now_ms + ONCE_MS;
  came[signal].look_at = now_ms + ONCE_MS;
  came[signal].was_pending = false;
}

enum once_told once_asked(int signal, int64_t sent_ms) {
  return sent_ms <= came[signal].until ? came[signal].told : ONCE_NOBODY;
}

int64_t once_next_ms(void) {
  int64_t next = -1;
  for (int signal = 1; signal < SIGNALS; signal++)
    if (came[signal].look_at != 0 && (next < 0 || came[signal].look_at < next))
      next = came[signal].look_at;
  return next;
}

/* Until now it may have been pending, since nobody looked meanwhile. One that was has just been taken. */
static void look(int signal, int64_t now_ms, bool is_pending) {
  bool goes_on = is_pending || came[signal].was_pending;
  came[signal].was_pending = is_pending;
  came[signal].look_at = goes_on ? now_ms + ONCE_MS : 0;
  came[signal].until = goes_on ? now_ms + ONCE_MS : now_ms;
}

void once_look(int64_t now_ms, bool (*is_pending)(int signal)) {
  for (int signal = 1; signal < SIGNALS; signal++)
    if (came[signal].look_at != 0 && came[signal].look_at <= now_ms)
      look(signal, now_ms, is_pending(signal));
}
