/* The natives of NativeSender. */
#include "heliograph.h"
#include "jvm/natives.h"
#include "signal/clock.h"

#include <unistd.h>

static struct heliograph_lineage *lineage_at(jlong address) {
  return (struct heliograph_lineage *)(intptr_t)address;
}

static jint JNICALL look_at_senders(JNIEnv *env, jclass class, jint signal, jboolean wanted) {
  (void)env, (void)class;
  return heliograph_look_at_senders(signal, wanted == JNI_TRUE);
}

static jint JNICALL sender_of(JNIEnv *env, jclass class, jint sender, jlong lineage) {
  (void)env, (void)class;
  return heliograph_sender_of(sender, lineage_at(lineage));
}

static jint JNICALL lineage_of(JNIEnv *env, jclass class, jint pid, jint most_ancestors, jlong lineage) {
  (void)env, (void)class;
  return heliograph_lineage_of(pid, (unsigned)most_ancestors, lineage_at(lineage));
}

static jlong JNICALL started(JNIEnv *env, jclass class, jint pid) {
  (void)env, (void)class;
  return heliograph_started(pid);
}

static jlong JNICALL ticks_of(JNIEnv *env, jclass class, jlong nanos) {
  (void)env, (void)class;
  struct timespec boot;
  clock_gettime(CLOCK_BOOTTIME, &boot);
  int64_t since = (int64_t)boot.tv_sec * 1000000000 + boot.tv_nsec - (heliograph_now_ns() - nanos);
  return since / (1000000000 / sysconf(_SC_CLK_TCK));
}

static const JNINativeMethod methods[] = {
    {"lookAtSenders", "(IZ)I", (void *)look_at_senders},
    {"senderOf", "(IJ)I", (void *)sender_of},
    {"lineageOf", "(IIJ)I", (void *)lineage_of},
    {"started", "(I)J", (void *)started},
    {"ticksOf", "(J)J", (void *)ticks_of},
};

NATIVES_OF(heliograph_natives_of_sender, "NativeSender");
