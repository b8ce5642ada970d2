/* When a supervisor takes two signals for the same: its book, and the moments that it is told. Times are
 * given. */
#include "../supervisor/once.h"
#include "../supervisor/protocol.h"
#include "test.h"

#include <signal.h>

#define FIRST SIGRTMIN
#define SECOND (SIGRTMIN + 1)

CASE(what_is_sent_at_about_the_same_time_is_the_same) {
  int64_t at = 1000000;
  once_came(FIRST, ONCE_GROUP, at);
  CHECK_EQ(once_asked(FIRST, at), ONCE_GROUP);
  CHECK_EQ(once_asked(FIRST, at + ONCE_MS), ONCE_GROUP);
  CHECK_EQ(once_asked(FIRST, at + ONCE_MS + 1), ONCE_NOBODY);
  CHECK_EQ(once_asked(FIRST, at - 10 * ONCE_MS), ONCE_GROUP); /* it came since */
  CHECK_EQ(once_asked(SECOND, at), ONCE_NOBODY);
}

CASE(who_has_it_from_above_and_from_another_has_told_all) {
  int64_t at = 1000000;
  once_came(FIRST, ONCE_ALL, at);
  once_came(FIRST, ONCE_GROUP, at + 1);
  CHECK_EQ(once_asked(FIRST, at + 1), ONCE_ALL);
  once_came(FIRST, ONCE_GROUP, at + 10 * ONCE_MS);
  CHECK_EQ(once_asked(FIRST, at + 10 * ONCE_MS), ONCE_GROUP);
}

static bool is_pending;

static bool says_whether_pending(int signal) {
  CHECK_EQ(signal, FIRST);
  return is_pending;
}

CASE(as_long_as_the_jvm_has_it_pending_it_was_not_sent_another_one) {
  int64_t at = 1000000;
  CHECK_EQ(once_next_ms(), -1);
  once_came(FIRST, ONCE_GROUP, at);
  is_pending = true;
  for (int looks = 0; looks < 10; looks++) {
    CHECK_EQ(once_next_ms(), at + ONCE_MS);
    once_look(at + ONCE_MS - 1, says_whether_pending); /* too early */
    once_look(at += ONCE_MS, says_whether_pending);
    CHECK_EQ(once_asked(FIRST, at + ONCE_MS), ONCE_GROUP);
  }
  is_pending = false; /* taken between two looks, */
  once_look(at += ONCE_MS, says_whether_pending);
  CHECK_EQ(once_asked(FIRST, at + ONCE_MS), ONCE_GROUP);
  once_look(at += ONCE_MS, says_whether_pending); /* not since */
  CHECK_EQ(once_asked(FIRST, at), ONCE_GROUP);
  CHECK_EQ(once_asked(FIRST, at + 1), ONCE_NOBODY);
  CHECK_EQ(once_next_ms(), -1);
}

CASE(nobody_knows_what_was_pending_before_a_late_look) {
  int64_t at = 1000000;
  once_came(FIRST, ONCE_GROUP, at);
  is_pending = false;
  once_look(at + 10 * ONCE_MS, says_whether_pending);
  CHECK_EQ(once_asked(FIRST, at + 10 * ONCE_MS), ONCE_GROUP);
  CHECK_EQ(once_asked(FIRST, at + 10 * ONCE_MS + 1), ONCE_NOBODY);
}

CASE(a_moment_is_told_in_a_few_bits) {
  int64_t round = SUPERVISOR_MOMENT_MASK + 1LL;
  for (int64_t now = 5 * round - 3; now <= 5 * round + 3; now++)
    for (int64_t ago = 0; ago < round; ago += 4999) {
      int value = supervisor_moment(now - ago) | SUPERVISOR_SENT | SUPERVISOR_WAKE | SIGRTMAX;
      CHECK_EQ(supervisor_moment_ms(value, now), now - ago);
      CHECK_EQ(value & SUPERVISOR_SIGNAL_MASK, SIGRTMAX);
    }
}
