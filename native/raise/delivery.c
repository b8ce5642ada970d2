/*
 * Whether a thread has thrown what was sent to it. StopThread only stores the exception. The thread throws it
 * when it next runs, and a second one that comes before replaces the first. The JVM does not tell when the
 * thread has thrown it, so this infers it from the place of the suspended thread.
 */
#include "raise/raise.h"

#include <stdint.h>

/* From a suspension to the throw, a thread uses some microseconds of processor time. */
#define SURELY_RAN_NANOS 1000000

/* Enough for the thread to get a processor again, most likely. */
#define MOST_HASTES 2000

void heliograph_raise_place(JNIEnv *env, jthread thread, jlong *place) {
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
  place[PLACE_CPU_TIME] = heliograph_raise_cpu_time(env, thread);
}

/* In a sleep or wait, the end of the wait takes the interrupt that came with the exception. */
static bool takes_mark(jlong state) {
  return (state & (JVMTI_THREAD_STATE_SLEEPING | JVMTI_THREAD_STATE_IN_OBJECT_WAIT)) != 0;
}

/*
 * A thread throws in the frame that it was seen in. Whether it is still there, perhaps in a method that this
 * calls.
 */
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
  heliograph_raise_place(env, thread, now);
  if (!is_still_there(thread, place, now))
    return surely_ran(place, now) ? RAISE_DONE : RAISE_SENT_PARKED; /* it may run a little before it throws */
  if (now[PLACE_DEPTH] != place[PLACE_DEPTH])
    return RAISE_SENT; /* the JVM makes the InterruptedException, which the other replaces */
  jfieldID mark = heliograph_raiser.interrupted;
  if (takes_mark(now[PLACE_STATE]) && mark != NULL && (*env)->GetBooleanField(env, thread, mark) == JNI_TRUE)
    return RAISE_SENT; /* it has not left its wait yet */
  bool waits = (now[PLACE_STATE] & JVMTI_THREAD_STATE_WAITING) != 0;
  if (waits || now[PLACE_CPU_TIME] < 0)
    return surely_ran(place, now) ? RAISE_DONE : RAISE_SENT_PARKED;
  if (now[PLACE_LOCATION] < 0)
    return RAISE_SENT; /* a native method, however long it runs */
  return surely_ran(place, now) ? RAISE_DONE : RAISE_SENT;
}

/*
 * If the thread was at the safepoint of a compiled loop, Java 17 throws only when the thread next enters the
 * JVM (JavaThread::check_and_handle_async_exceptions), perhaps in a lock after the loop. A request for its
 * frames makes it enter the JVM at its next backward jump or return. If it has not run since, the JVM answers
 * without it.
 */
void heliograph_raise_hasten(JNIEnv *env, jthread thread) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jlong before = heliograph_raise_cpu_time(env, thread);
  bool has_run = false;
  for (int i = 0; i < MOST_HASTES && !has_run; i++) {
    jint depth = 0;
    has_run = heliograph_raise_cpu_time(env, thread) != before;
    if ((*jvmti)->GetFrameCount(jvmti, thread, &depth) != JVMTI_ERROR_NONE)
      return;
  }
}
