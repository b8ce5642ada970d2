/* One try to raise an exception in a thread. */
#include "raise/raise.h"

#include <string.h>

#define STEPS 8
/* How often one attempt takes a new stack because the thread has moved. */
#define TRACES 4

/* One attempt. */
struct attempt {
  JNIEnv *env;
  jthread thread;
  jthrowable what;
  jint how;
  jlong *place;
  struct heliograph_raise_stack traced; /* the stack that the exception has */
  int traces;
};

/*
 * StopThread also interrupts the thread, which ends a sleep, a wait or a park. If that interrupt wakes
 * nothing, this takes it back: the code that catches the exception would find an interrupt that no thread
 * sent.
 */
static jint stop(const struct attempt *attempt) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  JNIEnv *env = attempt->env;
  jthread thread = attempt->thread;
  jfieldID field = heliograph_raiser.interrupted;
  jlong here[PLACE_NUMBERS];
  heliograph_raise_place(env, thread, here);
  bool is_marked = field != NULL && (*env)->GetBooleanField(env, thread, field) == JNI_TRUE;
  jvmtiError error = (*jvmti)->StopThread(jvmti, thread, attempt->what);
  if (error != JVMTI_ERROR_NONE)
    return RAISE_WAITS; /* JVMTI_ERROR_OPAQUE_FRAME: a virtual thread without a carrier */
  memcpy(attempt->place, here, sizeof here);
  bool takes_mark =
      (here[PLACE_STATE] & (JVMTI_THREAD_STATE_SLEEPING | JVMTI_THREAD_STATE_IN_OBJECT_WAIT)) != 0;
  bool is_ours = !is_marked || (attempt->how & RAISE_INTERRUPTED) != 0;
  if (field != NULL && is_ours && !takes_mark)
    (*env)->SetBooleanField(env, thread, field, JNI_FALSE);
  return RAISE_DONE;
}

/*
 * The exception needs its stack before the thread throws it, and cannot get it while the thread is suspended.
 * So it gets the stack first, and is raised if the thread is still there then. If the thread moves each time,
 * the latest stack is good enough.
 */
static jint stop_if_traced(struct attempt *attempt, struct heliograph_raise_stack *stack) {
  if (attempt->traces >= TRACES || heliograph_raise_is_same_stack(&attempt->traced, stack))
    return stop(attempt);
  heliograph_raise_free_stack(&attempt->traced);
  attempt->traced = *stack;
  stack->frames = NULL;
  stack->count = 0;
  return RAISE_TRACED;
}

/*
 * Calls nothing that could wait for what the thread holds, and makes no object: the thread may be in a
 * critical section of JNI, which the collector waits for.
 */
static jint try_suspended(struct attempt *attempt) {
  JNIEnv *env = attempt->env;
  jthread thread = attempt->thread;
  enum heliograph_raise_outcome former = heliograph_raise_former(env, thread, attempt->place);
  if (former != RAISE_DONE)
    return (jint)former;
  attempt->place[PLACE_METHOD] = 0;
  jfieldID field = heliograph_raiser.interrupted;
  bool is_taken = (attempt->how & RAISE_INTERRUPTED) != 0 && field != NULL &&
                  (*env)->GetBooleanField(env, thread, field) == JNI_FALSE;
  struct heliograph_raise_stack stack;
  heliograph_raise_take_stack(thread, &stack);
  jint outcome = (jint)heliograph_raise_look(env, thread, attempt->how, &stack);
  if (is_taken && (outcome == RAISE_DONE || outcome == RAISE_WAITS_FREELY))
    outcome = RAISE_CONSUMED;
  else if (outcome == RAISE_DONE)
    outcome = stop_if_traced(attempt, &stack);
  heliograph_raise_free_stack(&stack);
  return outcome;
}

static jint try_once(struct attempt *attempt) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jvmtiError error = (*jvmti)->SuspendThread(jvmti, attempt->thread);
  if (error == JVMTI_ERROR_THREAD_NOT_ALIVE)
    return RAISE_GONE;
  if (error != JVMTI_ERROR_NONE)
    return RAISE_RUNS;
  jint outcome = try_suspended(attempt);
  (void)(*jvmti)->ResumeThread(jvmti, attempt->thread);
  if (outcome == RAISE_DONE)
    heliograph_raise_hasten(attempt->env, attempt->thread);
  if (outcome == RAISE_TRACED) {
    heliograph_raise_trace(attempt->env, &attempt->traced, attempt->what);
    attempt->traces++;
  }
  return outcome;
}

static bool is_to_be_tried_again(jint outcome) {
  return outcome == RAISE_RUNS || outcome == RAISE_NATIVE || outcome == RAISE_TRACED;
}

/*
 * A thread stops at its next safepoint, and most safepoints are in the JDK's code if the thread calls that. A
 * few steps later it may be at a better place.
 */
jint heliograph_raise_try(JNIEnv *env, jthread thread, jthrowable what, jint how, jlong *place) {
  struct attempt attempt = {.env = env, .thread = thread, .what = what, .how = how};
  attempt.place = place;
  jint outcome = RAISE_RUNS;
  for (int step = 0; step < STEPS && is_to_be_tried_again(outcome); step++)
    outcome = try_once(&attempt);
  heliograph_raise_free_stack(&attempt.traced);
  return outcome == RAISE_TRACED ? RAISE_RUNS : outcome;
}
