/*
 * Whether a thread has thrown what was sent to it. StopThread only leaves the exception there: the thread
 * throws it when it next runs, and a second one that comes before takes the first one's place. The JVM tells
 * nobody when it was thrown, so it is concluded from where the thread is, while it is suspended.
 */
#include "raise/raise.h"

#include <stdint.h>

/* The way from a suspension to the throw takes some microseconds of processor time. */
#define SURELY_RAN_NANOS 1000000

/* As often as it takes the thread to come back to a processor, most likely. */
#define MOST_HASTES 2000

void heliograph_raise_place(jthread thread, jlong *place) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jvmtiFrameInfo top = {NULL, 0};
  jint count = 0;
  jint depth = 0;
  jint state = 0;
  (void)(*jvmti)->GetStackTrace(jvmti, thread, 0, 1, &top, &count);
  (void)(*jvmti)->GetFrameCount(jvmti, thread, &depth);
  (void)(*jvmti)->GetThreadState(jvmti, thread, &state);
  place[PLACE_METHOD] = (jlong)(intptr_t)top.method;
  place[PLACE_LOCATION] = top.location;
  place[PLACE_DEPTH] = depth;
  place[PLACE_STATE] = state;
  place[PLACE_CPU_TIME] = heliograph_raise_cpu_time(thread);
}

/* In a sleep or wait: the interrupt that came with the exception is taken as the wait ends. */
static bool takes_mark(jlong state) {
  return (state & (JVMTI_THREAD_STATE_SLEEPING | JVMTI_THREAD_STATE_IN_OBJECT_WAIT)) != 0;
}

/* A thread throws in the frame that it was seen in: whether it is still there, and perhaps in what that
 * calls. */
static bool is_still_there(jthread thread, const jlong *place, const jlong *now) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jint above = (jint)(now[PLACE_DEPTH] - place[PLACE_DEPTH]);
  jmethodID method = NULL;
  jlocation location = 0;
  return above >= 0 &&
         (*jvmti)->GetFrameLocation(jvmti, thread, above, &method, &location) == JVMTI_ERROR_NONE &&
         (jlong)(intptr_t)method == place[PLACE_METHOD] && location == place[PLACE_LOCATION];
}

static bool surely_ran(const jlong *place, const jlong *now) {
  return now[PLACE_CPU_TIME] - place[PLACE_CPU_TIME] > SURELY_RAN_NANOS;
}

enum heliograph_raise_outcome heliograph_raise_former(JNIEnv *env, jthread thread, const jlong *place) {
  jlong now[PLACE_NUMBERS];
  if (place[PLACE_METHOD] == 0)
    return RAISE_DONE;
  heliograph_raise_place(thread, now);
  if (!is_still_there(thread, place, now))
    return surely_ran(place, now) ? RAISE_DONE
                                  : RAISE_SENT_PARKED; /* it may go on a little before it throws */
  if (now[PLACE_DEPTH] != place[PLACE_DEPTH])
    return RAISE_SENT; /* the JVM makes the InterruptedException that the other takes the place of */
  jfieldID mark = heliograph_raiser.interrupted;
  if (takes_mark(now[PLACE_STATE]) && mark != NULL && (*env)->GetBooleanField(env, thread, mark) == JNI_TRUE)
    return RAISE_SENT; /* it has not come out of its wait yet */
  bool waits = (now[PLACE_STATE] & JVMTI_THREAD_STATE_WAITING) != 0;
  if (waits || now[PLACE_CPU_TIME] < 0)
    return surely_ran(place, now) ? RAISE_DONE : RAISE_SENT_PARKED;
  if (now[PLACE_LOCATION] < 0)
    return RAISE_SENT; /* a native method, however long it runs */
  return surely_ran(place, now) ? RAISE_DONE : RAISE_SENT;
}

/*
 * Where the thread was at a compiled loop's safepoint, Java 17 throws only as it next comes to the JVM
 * (JavaThread::check_and_handle_async_exceptions), which may be in a lock behind the loop. Whoever is asked
 * for its frames comes to the JVM at its next jump backwards or return; as long as it has not run since, the
 * JVM tells them without it.
 */
void heliograph_raise_hasten(jthread thread) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jlong before = heliograph_raise_cpu_time(thread);
  bool has_run = false;
  for (int i = 0; i < MOST_HASTES && !has_run; i++) {
    jint depth = 0;
    has_run = heliograph_raise_cpu_time(thread) != before;
    if ((*jvmti)->GetFrameCount(jvmti, thread, &depth) != JVMTI_ERROR_NONE)
      return;
  }
}
