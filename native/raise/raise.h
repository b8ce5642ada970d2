/*
 * Raises an exception in another thread, as Python raises KeyboardInterrupt, by the JVM's tool interface
 * (JVMTI). One try suspends the thread, looks where it is, and raises if that harms nothing but the thread's
 * own work. Else it returns why not. For ordinary threads, not for a signal handler.
 */
#ifndef HELIOGRAPH_RAISE_RAISE_H
#define HELIOGRAPH_RAISE_RAISE_H

#include <jvmti.h>
#include <stdbool.h>

/* The outcome of a try. io.heliograph.internal.raise.Raise has the same numbers. */
enum heliograph_raise_outcome {
  RAISE_DONE = 0,         /* the thread throws it when it continues */
  RAISE_CONSUMED = 1,     /* the thread has taken the interrupt that was sent instead */
  RAISE_GONE = 2,         /* the thread has ended */
  RAISE_RUNS = 3,         /* it runs in code that must not be broken off: try again soon */
  RAISE_WAITS = 4,        /* it waits in code of the JDK; an interrupt may end the wait */
  RAISE_NATIVE = 5,       /* it is in a native method of the JDK */
  RAISE_UNBROKEN = 6,     /* it is in a section that must not be broken off */
  RAISE_BLOCKED = 7,      /* it waits for a monitor */
  RAISE_WAITS_FREELY = 8, /* the same, and an interrupt does end it */
  RAISE_SENT = 9,         /* it may not have thrown the last exception yet */
  RAISE_SENT_PARKED = 10, /* nor here, but it is parked: try again if it stays so */
  RAISE_TRACED = 11       /* the exception now has the stack of this place: try again; for C alone */
};

/* The answer to the request for capabilities. io.heliograph.internal.raise.Raiser has the same numbers. */
enum heliograph_raise_ready {
  RAISE_READY,
  RAISE_REFUSED,
  RAISE_UNKNOWN /* this JVM has no such interface */
};

/* What the caller knows of the thread. io.heliograph.internal.raise.Raise has the same bits. */
enum heliograph_raise_how {
  RAISE_IN_BODY = 1,     /* only within Frames.body() */
  RAISE_PATIENT = 2,     /* many tries have failed: computing code of the JDK may be broken off, too */
  RAISE_INTERRUPTED = 4, /* an interrupt of ours is on its way */
  RAISE_VIRTUAL = 8      /* it is a virtual thread */
};

/* The place that an exception was sent to. io.heliograph.internal.raise.PendingThrow has the same order. */
enum heliograph_raise_place {
  PLACE_METHOD, /* 0: no exception is pending */
  PLACE_LOCATION,
  PLACE_DEPTH,
  PLACE_STATE,
  PLACE_CPU_TIME,
  PLACE_NUMBERS
};

/* What the files of this room share. tools.c fills it once. */
struct heliograph_raiser {
  jvmtiEnv *jvmti;
  char *ours; /* what the names of our classes begin with, as "Lio/heliograph/"; JVMTI's memory */
  jobject platform_loader;
  jmethodID body;        /* Frames.body() */
  jmethodID unbroken;    /* Frames.unbroken() */
  jfieldID interrupted;  /* Thread.interrupted; NULL if a JDK keeps it elsewhere */
  jclass virtual_thread; /* java.lang.BaseVirtualThread; NULL before Java 21 */
  jclass element;        /* java.lang.StackTraceElement */
  jmethodID new_element;
  jmethodID set_trace; /* Throwable.setStackTrace() */
};

extern struct heliograph_raiser heliograph_raiser;

/*
 * Takes the JVM's tool interface and its capabilities; those of virtual threads only if asked for.
 * RAISE_REFUSED: another agent has them, and only one may suspend threads.
 */
jint heliograph_raise_prepare(JNIEnv *env, jclass frames, bool virtual_threads);

/*
 * One try. `place` has PLACE_NUMBERS numbers: in, where the last exception was sent; out, where this one was.
 */
jint heliograph_raise_try(JNIEnv *env, jthread thread, jthrowable what, jint how, jlong *place);

/* The processor time of the thread, in nanoseconds; -1 if the JVM does not tell. */
jlong heliograph_raise_cpu_time(JNIEnv *env, jthread thread);

/* The frames of a thread, the top first. */
struct heliograph_raise_stack {
  jvmtiFrameInfo *frames; /* JVMTI frees it; NULL if there are none */
  jint count;
};

/* stack.c: takes all frames of a suspended thread; none if there is no memory. */
void heliograph_raise_take_stack(jthread thread, struct heliograph_raise_stack *stack);

void heliograph_raise_free_stack(struct heliograph_raise_stack *stack);

/* stack.c: whether they are the same, apart from the place within the top frame. */
bool heliograph_raise_is_same_stack(const struct heliograph_raise_stack *one,
                                    const struct heliograph_raise_stack *other);

/* frames.c: whether a suspended thread may be broken off where it is. RAISE_DONE: it may. */
enum heliograph_raise_outcome heliograph_raise_look(JNIEnv *env, jthread thread, jint how,
                                                    const struct heliograph_raise_stack *stack);

/* delivery.c: the place of a suspended thread. */
void heliograph_raise_place(JNIEnv *env, jthread thread, jlong *place);

/* delivery.c: RAISE_DONE if it has thrown what was sent to that place. */
enum heliograph_raise_outcome heliograph_raise_former(JNIEnv *env, jthread thread, const jlong *place);

/* delivery.c: makes a resumed thread throw what was sent to it as soon as it runs. */
void heliograph_raise_hasten(JNIEnv *env, jthread thread);

/* bytecode.c: whether a raise at this instruction could lose a lock, or an exception. */
bool heliograph_raise_is_delicate(JNIEnv *env, jmethodID method, jlocation location, bool is_patient);

/*
 * trace.c: gives the exception that stack. It allocates objects, so no thread may be suspended: a suspended
 * thread may be in a critical section of JNI, which the collector waits for.
 */
void heliograph_raise_trace(JNIEnv *env, const struct heliograph_raise_stack *stack, jthrowable what);

#endif
