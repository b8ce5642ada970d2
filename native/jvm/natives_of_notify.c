/* The natives of NativeNotify. */
#include "heliograph_notify.h"
#include "jvm/natives.h"

#include <errno.h>
#include <stdlib.h>

/* Read here and not in Java, which would decode the bytes of the name. A JVM never changes its environment.
 */
static jint JNICALL open_notify(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  const char *name = getenv("NOTIFY_SOCKET"); // NOLINT(concurrency-mt-unsafe)
  return name == NULL || name[0] == '\0' ? -ENOENT : heliograph_notify_open(name);
}

static jint JNICALL send_notify(JNIEnv *env, jclass class, jlong message, jint length, jboolean may_wait) {
  (void)env, (void)class;
  return heliograph_notify((const char *)(intptr_t)message, (size_t)length, may_wait);
}

static jint JNICALL close_notify(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_notify_close();
}

static const JNINativeMethod methods[] = {
    {"open", "()I", (void *)open_notify},
    {"send", "(JIZ)I", (void *)send_notify},
    {"close", "()I", (void *)close_notify},
};

NATIVES_OF(heliograph_natives_of_notify, "NativeNotify");
