/* The places that sightings are kept in: shared within a burst, given back, and no more of them than there
 * are. */
#include "signal/handler/proc_file.h"
#include "signal/handler/sender.h"
#include "test/support.h"
#include "test/test.h"

#include <string.h>
#include <unistd.h>

#define MICROSECOND INT64_C(1000)
#define MILLISECOND (1000 * MICROSECOND)

__attribute__((constructor)) static void look_whose_proc_it_is(void) {
  heliograph_proc_look_whose();
}

static int32_t look(pid_t pid, int64_t now_ns) {
  int32_t number = heliograph_sender_look(pid, getuid(), now_ns);
  CHECK(number != 0);
  return number;
}

CASE(a_burst_of_one_sender_shares_a_look) {
  int32_t number = look(getpid(), 0);
  for (int64_t now = 0; now < 9900 * MICROSECOND; now += 19 * MICROSECOND)
    CHECK_EQ(look(getpid(), now), number);
}

CASE(a_sender_that_paused_is_looked_at_anew) {
  int32_t number = look(getpid(), 0);
  CHECK(look(getpid(), 20 * MICROSECOND) != number);
}

CASE(the_time_that_a_look_takes_is_no_pause) {
  int32_t number = look(getpid(), 0);
  heliograph_sender_known_until(number, 60 * MICROSECOND);
  CHECK_EQ(look(getpid(), 79 * MICROSECOND), number);
  CHECK(look(getpid(), 99 * MICROSECOND) != number);
}

CASE(a_process_of_another_user_is_not_the_sender) {
  CHECK_EQ(heliograph_sender_look(getpid(), getuid() + 1, 0), 0);
}

CASE(a_burst_without_a_pause_is_looked_at_anew_after_10_milliseconds) {
  int32_t number = look(getpid(), 0);
  int64_t now = 0;
  while (now < 10 * MILLISECOND - 16 * MICROSECOND)
    CHECK_EQ(look(getpid(), now += 16 * MICROSECOND), number);
  CHECK(look(getpid(), 10 * MILLISECOND) != number);
}

CASE(senders_have_numbers_of_their_own) {
  int32_t own = look(getpid(), 0);
  int32_t parents = look(getppid(), 0);
  CHECK(own != parents);
  CHECK_EQ(heliograph_sighting(own)->pid, getpid());
  CHECK_EQ(heliograph_sighting(parents)->pid, getppid());
}

CASE(no_process_is_overwritten_while_it_is_held) {
  int32_t numbers[SENDER_PLACES];
  for (int i = 0; i < SENDER_PLACES; i++)
    numbers[i] = look(getpid(), i * MILLISECOND);
  CHECK_EQ(heliograph_sender_look(getppid(), getuid(), SENDER_PLACES * MILLISECOND), 0);
  for (int i = 0; i < SENDER_PLACES; i++)
    CHECK_EQ(heliograph_sighting(numbers[i])->pid, getpid());
  heliograph_sender_release(numbers[5], 1);
  CHECK_EQ(look(getppid(), SENDER_PLACES * MILLISECOND) % SENDER_PLACES, numbers[5] % SENDER_PLACES);
  CHECK(heliograph_sighting(numbers[5]) == NULL);
}

CASE(a_look_that_is_shared_is_held_until_all_have_released_it) {
  int32_t number = look(getpid(), 0);
  look(getpid(), 0);
  heliograph_sender_release(number, 1);
  CHECK(heliograph_sighting(number) != NULL);
  heliograph_sender_release(number, 1);
  CHECK(heliograph_sighting(number) == NULL);
}

CASE(there_are_500_looks_at_once_and_then_one_each_5_milliseconds) {
  int looks = 0;
  int64_t now = 0;
  for (; looks < 1000; looks++) {
    int32_t number = heliograph_sender_look(getpid(), getuid(), now += MILLISECOND / 8);
    if (number == 0)
      break;
    heliograph_sender_release(number, 1);
  }
  int64_t earned = now / (5 * MILLISECOND);
  CHECK(looks >= 500 + earned && looks <= 502 + earned);
  heliograph_sender_release(look(getpid(), now + 5 * MILLISECOND), 1);
  CHECK_EQ(heliograph_sender_look(getppid(), getuid(), now + 5 * MILLISECOND), 0);
}

CASE(a_process_that_is_not_there_takes_no_place) {
  for (int i = 0; i < 2 * SENDER_PLACES; i++)
    CHECK_EQ(heliograph_sender_look(INT32_MAX, getuid(), i * MILLISECOND), 0);
  look(getpid(), 0);
}

static void *look_often(void *unused) {
  (void)unused;
  for (int i = 0; i < LOOPS(20000); i++) {
    pid_t pid = i % 2 == 0 ? getpid() : getppid();
    int32_t number = heliograph_sender_look(pid, getuid(), (int64_t)i * 10 * MILLISECOND);
    if (number == 0)
      continue;
    CHECK_EQ(heliograph_sighting(number)->pid, pid);
    heliograph_sender_release(number, 1);
  }
  return NULL;
}

CASE(looks_of_many_threads_are_whole) {
  pthread_t threads[4];
  for (int i = 0; i < 4; i++)
    CHECK_EQ(pthread_create(&threads[i], NULL, look_often, NULL), 0);
  for (int i = 0; i < 4; i++)
    CHECK_EQ(pthread_join(threads[i], NULL), 0);
}
