/*
 * An exception raised in another thread, as Python raises KeyboardInterrupt: by the JVM's tool interface
 * (JVMTI). One try suspends the thread, looks where it is, and raises where that harms nobody but the
 * thread's own work; else it says why not yet. Ordinary threads only: nothing here is for a signal handler.
 */
#ifndef HELIOGRAPH_RAISE_RAISE_H
#define HELIOGRAPH_RAISE_RAISE_H

#include <jvmti.h>
#include <stdbool.h>

/* What a try came to; io.heliograph.internal.raise.Raise has the same numbers. */
enum heliograph_raise_outcome {
  RAISE_DONE = 0,         /* the thread throws it as it goes on */
  RAISE_CONSUMED = 1,     /* the interrupt that was sent instead has been taken */
  RAISE_GONE = 2,         /* the thread has ended */
  RAISE_RUNS = 3,         /* it runs in code that is not to be broken off: soon again */
  RAISE_WAITS = 4,        /* it waits in code of the JDK, which an interrupt may end */
  RAISE_NATIVE = 5,       /* it is in a native method of the JDK */
  RAISE_UNBROKEN = 6,     /* it is in a section that is not to be broken off */
  RAISE_BLOCKED = 7,      /* it waits for a monitor */
  RAISE_WAITS_FREELY = 8, /* as RAISE_WAITS, where an interrupt does end it */
  RAISE_SENT = 9,         /* it may not have thrown the former yet */
  RAISE_SENT_PARKED = 10, /* nor here, but it is parked: again, if it stays so */
  RAISE_TRACED = 11       /* it may be raised here, now that the exception has this stack; seen in C alone */
};

/* What came of asking for the capabilities; io.heliograph.internal.raise.Raiser has the same numbers. */
enum heliograph_raise_ready {
  RAISE_READY,
  RAISE_REFUSED,
  RAISE_UNKNOWN /* this JVM has no such interface */
};

/* What is known of the thread; io.heliograph.internal.raise.Raise has the same bits. */
enum heliograph_raise_how {
  RAISE_IN_BODY = 1,     /* only within Frames.body() */
  RAISE_PATIENT = 2,     /* it has been tried for long: computing code of the JDK may be broken off too */
  RAISE_INTERRUPTED = 4, /* an interrupt of ours is on its way */
  RAISE_VIRTUAL = 8      /* it is a virtual thread */
};

/* Where an exception was sent to: the numbers in the array that io.heliograph.internal.raise.Sent keeps. */
enum heliograph_raise_place {
  PLACE_METHOD, /* 0: nothing was sent that may not have been thrown yet */
  PLACE_LOCATION,
  PLACE_DEPTH,
  PLACE_STATE,
  PLACE_CPU_TIME,
  PLACE_NUMBERS
};

/* What the files of this room share. tools.c fills it once. */
struct heliograph_raiser {
  jvmtiEnv *jvmti;
  jobject platform_loader;
  jmethodID body;       /* Frames.body() */
  jmethodID unbroken;   /* Frames.unbroken() */
  jfieldID interrupted; /* Thread.interrupted; NULL where a JDK keeps it elsewhere */
  jclass element;       /* java.lang.StackTraceElement */
  jmethodID new_element;
  jmethodID set_trace; /* Throwable.setStackTrace() */
};

extern struct heliograph_raiser heliograph_raiser;

/*
 * Takes the JVM's tool interface and the capabilities; those of virtual threads only where asked for. The
 * class is Frames. RAISE_REFUSED: another agent has them, since only one may suspend threads.
 */
jint heliograph_raise_prepare(JNIEnv *env, jclass frames, bool virtual_threads);

/* One try: an outcome. The place, of PLACE_NUMBERS, is where the former was sent, and then where this one
 * was. */
jint heliograph_raise_try(JNIEnv *env, jthread thread, jthrowable what, jint how, jlong *place);

/* The processor time that the thread has had, in nanoseconds; -1 where the JVM does not tell. */
jlong heliograph_raise_cpu_time(jthread thread);

/* The frames of a thread, the top first. */
struct heliograph_raise_stack {
  jvmtiFrameInfo *frames; /* JVMTI's to free; NULL where there are none */
  jint count;
};

/* stack.c: takes those of a suspended thread, all of them; none where there is no memory. */
void heliograph_raise_take_stack(jthread thread, struct heliograph_raise_stack *stack);

void heliograph_raise_free_stack(struct heliograph_raise_stack *stack);

/* stack.c: whether the one is the other still, but for how far the top frame has come. */
bool heliograph_raise_is_same_stack(const struct heliograph_raise_stack *one,
                                    const struct heliograph_raise_stack *other);

/* frames.c: where a suspended thread is. RAISE_DONE: it may be raised there. */
enum heliograph_raise_outcome heliograph_raise_look(JNIEnv *env, jthread thread, jint how,
                                                    const struct heliograph_raise_stack *stack);

/* delivery.c: where a suspended thread is, in numbers. */
void heliograph_raise_place(jthread thread, jlong *place);

/* delivery.c: whether it has thrown what was sent to that place: RAISE_DONE if so. */
enum heliograph_raise_outcome heliograph_raise_former(JNIEnv *env, jthread thread, const jlong *place);

/* delivery.c: has a thread that goes on throw what it was sent, as soon as it runs. */
void heliograph_raise_hasten(jthread thread);

/* bytecode.c: whether a raise at this instruction could lose a lock, or an exception. */
bool heliograph_raise_is_delicate(JNIEnv *env, jmethodID method, jlocation location, bool is_patient);

/* trace.c: gives the exception that stack. It allocates objects: never while a thread is suspended,
 * which may be in a critical section of JNI, and the collector then waits for it. */
void heliograph_raise_trace(JNIEnv *env, const struct heliograph_raise_stack *stack, jthrowable what);

#endif
