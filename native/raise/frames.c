/*
 * Whether a suspended thread may be broken off where it is. Python raises between its own instructions only,
 * and this raises only in code outside the JDK. In the JDK, an exception leaves only waits that lose nothing:
 * a thread that left the queue of an AbstractQueuedSynchronizer by an exception would be woken in vain, and
 * the thread behind it never.
 */
#include "raise/raise.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A power of two. */
#define KNOWN_METHODS 64

#define SYNCHRONIZER "Ljava/util/concurrent/locks/AbstractQueuedSynchronizer;"
#define CONDITION "Ljava/util/concurrent/locks/AbstractQueuedSynchronizer$ConditionObject;"

/* The kind of a method. */
enum kind {
  OF_BODY, /* the app's */
  OF_US,
  OF_WAITING,   /* the JDK's: an exception may leave it while it waits */
  OF_COMPUTING, /* the JDK's: it works on its caller's objects alone */
  OF_HONOURING, /* the JDK's: an interrupt ends it */
  OF_AWAITING,  /* an interrupt ends this, too, but not what it acquires then */
  OF_ACQUIRING, /* the JDK's: alone, it keeps an interrupt for later */
  OF_JDK        /* the JDK's other methods: an exception would leave shared state half done */
};

/* The frames from the top to the first that is not the JDK's, or all. */
struct look {
  enum kind first;        /* of the first that is not the JDK's; OF_JDK if there is none */
  jint above[OF_JDK + 1]; /* the number of the JDK's above it, by kind */
  jint all_above;
  bool is_within_body;
  bool is_unbroken;
  bool initialises; /* in a class initialiser: an exception would make the class useless */
  jmethodID top;
  jlocation location;
};

static const struct pattern {
  const char *class;
  const char *method; /* may end in '*' */
  enum kind kind;
} patterns[] = {
    {"Ljava/lang/Thread;", "sleep*", OF_WAITING},
    {"Ljava/lang/Thread;", "join", OF_WAITING},
    {"Ljava/lang/Object;", "wait*", OF_WAITING},
    {"Ljava/util/concurrent/TimeUnit;", "sleep", OF_WAITING},
    {"Ljava/util/concurrent/TimeUnit;", "timed*", OF_WAITING},
    {"Ljdk/internal/misc/Unsafe;", "park", OF_WAITING},
    {"Lsun/misc/Unsafe;", "park", OF_WAITING},
    {"Ljava/util/concurrent/locks/LockSupport;", "park*", OF_WAITING},
    {"Ljava/util/concurrent/FutureTask;", "get", OF_WAITING},
    {"Ljava/util/concurrent/FutureTask;", "awaitDone", OF_WAITING},
    {"Ljava/util/concurrent/CompletableFuture;", "get", OF_WAITING},
    {"Ljava/util/concurrent/CompletableFuture;", "join", OF_WAITING},
    {"Ljava/util/concurrent/CompletableFuture;", "timedGet", OF_WAITING},
    {"Ljava/util/concurrent/CompletableFuture;", "waitingGet", OF_WAITING},
    {"Ljava/util/concurrent/CompletableFuture$Signaller;", "block", OF_WAITING},
    {"Ljava/util/concurrent/ForkJoinPool;", "managedBlock", OF_WAITING},
    {"Ljava/util/concurrent/ForkJoinPool;", "unmanagedBlock", OF_WAITING},
    {SYNCHRONIZER, "acquire", OF_ACQUIRING},
    {SYNCHRONIZER, "acquireInterruptibly", OF_HONOURING},
    {SYNCHRONIZER, "acquireSharedInterruptibly", OF_HONOURING},
    {SYNCHRONIZER, "tryAcquireNanos", OF_HONOURING},
    {SYNCHRONIZER, "tryAcquireSharedNanos", OF_HONOURING},
    {CONDITION, "await", OF_AWAITING},
    {CONDITION, "awaitNanos", OF_AWAITING},
    {CONDITION, "awaitUntil", OF_AWAITING},
};

/* Packages (with a '/' at the end) and classes that compute and share nothing. */
static const char *const computing[] = {
    "Ljava/math/",
    "Ljava/text/",
    "Ljava/util/stream/",
    "Ljava/util/regex/",
    "Ljava/util/function/",
    "Ljava/util/zip/",
    "Ljava/time/",
    "Ljava/security/MessageDigest",
    "Ljavax/crypto/",
    "Lcom/sun/crypto/",
    "Lsun/security/provider/",
    "Ljava/lang/Math;",
    "Ljava/lang/StrictMath;",
    "Ljava/lang/FdLibm",
    "Ljava/lang/String",
    "Ljava/lang/AbstractStringBuilder;",
    "Ljava/lang/Integer;",
    "Ljava/lang/Long;",
    "Ljava/lang/Double;",
    "Ljava/lang/Character",
    "Ljava/lang/Iterable;",
    "Ljdk/internal/math/",
    "Ljdk/internal/util/ArraysSupport;",
};

static bool begins(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

static bool is_method(const char *name, const char *pattern) {
  size_t length = strlen(pattern);
  return pattern[length - 1] == '*' ? strncmp(name, pattern, length - 1) == 0 : strcmp(name, pattern) == 0;
}

/* The classes directly in java.util compute: a collection belongs to its caller. */
static bool computes(const char *class) {
  for (size_t i = 0; i < sizeof computing / sizeof *computing; i++)
    if (begins(class, computing[i]))
      return true;
  return begins(class, "Ljava/util/") && strchr(class + strlen("Ljava/util/"), '/') == NULL;
}

static enum kind kind_of_jdk(const char *class, const char *method) {
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
    if (strcmp(class, patterns[i].class) == 0 && is_method(method, patterns[i].method))
      return patterns[i].kind;
  return computes(class) ? OF_COMPUTING : OF_JDK;
}

/* Our classes are those of the jar, not the programs of tests and examples. */
static bool is_ours(const char *class) {
  if (!begins(class, heliograph_raiser.ours))
    return false;
  const char *rest = class + strlen(heliograph_raiser.ours);
  return strchr(rest, '/') == NULL || begins(rest, "internal/") || begins(rest, "workers/") ||
         begins(rest, "agent/") || begins(rest, "management/");
}

static bool is_of_jdk(JNIEnv *env, jclass class) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jobject loader = NULL;
  if ((*jvmti)->GetClassLoader(jvmti, class, &loader) != JVMTI_ERROR_NONE)
    return true; /* the safe answer */
  bool is = loader == NULL || (*env)->IsSameObject(env, loader, heliograph_raiser.platform_loader);
  if (loader != NULL)
    (*env)->DeleteLocalRef(env, loader);
  return is;
}

static enum kind kind_of(JNIEnv *env, jmethodID method) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jclass class = NULL;
  char *signature = NULL;
  char *name = NULL;
  enum kind kind = OF_JDK;
  if ((*jvmti)->GetMethodDeclaringClass(jvmti, method, &class) == JVMTI_ERROR_NONE &&
      (*jvmti)->GetClassSignature(jvmti, class, &signature, NULL) == JVMTI_ERROR_NONE &&
      (*jvmti)->GetMethodName(jvmti, method, &name, NULL, NULL) == JVMTI_ERROR_NONE) {
    if (is_of_jdk(env, class))
      kind = kind_of_jdk(signature, name);
    else
      kind = is_ours(signature) ? OF_US : OF_BODY;
  }
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)name);
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
  if (class != NULL)
    (*env)->DeleteLocalRef(env, class);
  return kind;
}

static bool is_initialiser(jmethodID method) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  char *name = NULL;
  if ((*jvmti)->GetMethodName(jvmti, method, &name, NULL, NULL) != JVMTI_ERROR_NONE)
    return false;
  bool is = strcmp(name, "<clinit>") == 0;
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)name);
  return is;
}

/* A deep stack is a recursion of few methods. Each that is no initialiser is looked up once. */
static bool is_known(jmethodID method, jmethodID *known) {
  jmethodID *place = &known[((uintptr_t)method >> 4) & (KNOWN_METHODS - 1)];
  bool is = *place == method;
  *place = method;
  return is;
}

static void see(JNIEnv *env, struct look *look, jmethodID method) {
  if (look->first != OF_JDK)
    return;
  enum kind kind = kind_of(env, method);
  if (kind == OF_BODY || kind == OF_US) {
    look->first = kind;
    return;
  }
  look->above[kind]++;
  look->all_above++;
}

/* Looks at the frames from the top down to that of body(), or at all. */
static void look_at(JNIEnv *env, const struct heliograph_raise_stack *stack, struct look *look) {
  jmethodID known[KNOWN_METHODS] = {NULL};
  look->top = stack->frames[0].method;
  look->location = stack->frames[0].location;
  for (jint i = 0; i < stack->count && !look->is_within_body; i++) {
    jmethodID method = stack->frames[i].method;
    look->is_within_body = method == heliograph_raiser.body;
    look->is_unbroken |= method == heliograph_raiser.unbroken;
    look->initialises |= !is_known(method, known) && is_initialiser(method);
    if (!look->is_within_body)
      see(env, look, method);
  }
}

/* Whether an interrupt would have ended the wait. If one was sent before, this is a later wait. */
static bool honours_interrupts(const struct look *look) {
  return look->above[OF_HONOURING] > 0 || (look->above[OF_AWAITING] > 0 && look->above[OF_ACQUIRING] == 0);
}

static enum heliograph_raise_outcome judge(JNIEnv *env, const struct look *look, jint state, jint how) {
  const jint waits = JVMTI_THREAD_STATE_WAITING | JVMTI_THREAD_STATE_SLEEPING | JVMTI_THREAD_STATE_PARKED |
                     JVMTI_THREAD_STATE_IN_OBJECT_WAIT;
  bool is_patient = (how & RAISE_PATIENT) != 0;
  bool is_of_body = look->first == OF_BODY;
  if (look->is_unbroken)
    return RAISE_UNBROKEN;
  if ((state & JVMTI_THREAD_STATE_BLOCKED_ON_MONITOR_ENTER) != 0)
    return RAISE_BLOCKED;
  if (look->initialises)
    return RAISE_RUNS;
  if ((state & waits) != 0 && is_of_body && look->above[OF_WAITING] == look->all_above)
    return RAISE_DONE;
  if ((state & waits) != 0)
    return honours_interrupts(look) ? RAISE_WAITS_FREELY : RAISE_WAITS;
  bool may_leave = look->all_above == 0 || (is_patient && look->above[OF_COMPUTING] == look->all_above);
  if (is_of_body && may_leave && !heliograph_raise_is_delicate(env, look->top, look->location, is_patient))
    return RAISE_DONE;
  return look->all_above > 0 && (state & JVMTI_THREAD_STATE_IN_NATIVE) != 0 ? RAISE_NATIVE : RAISE_RUNS;
}

enum heliograph_raise_outcome heliograph_raise_look(JNIEnv *env, jthread thread, jint how,
                                                    const struct heliograph_raise_stack *stack) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  struct look look = {.first = OF_JDK};
  jint state = 0;
  if (stack->count == 0 || (*jvmti)->GetThreadState(jvmti, thread, &state) != JVMTI_ERROR_NONE)
    return RAISE_RUNS;
  look_at(env, stack, &look);
  if ((how & RAISE_IN_BODY) != 0 && !look.is_within_body)
    return RAISE_RUNS;
  return judge(env, &look, state, how);
}
