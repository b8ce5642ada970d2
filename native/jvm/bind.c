#include "jvm/bind.h"

#include "heliograph.h"
#include "jvm/jvm_signal.h"
#include "jvm/natives.h"
#include "jvm/vm_death.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The natives and their state serve the classes of one class loader. */
static atomic_bool serves;

static jint refuse(JNIEnv *env, const char *why) {
  jclass error = (*env)->FindClass(env, "java/lang/UnsatisfiedLinkError");
  if (error != NULL)
    (*env)->ThrowNew(env, error, why);
  return JNI_ERR;
}

static jint check_version(JNIEnv *env, jclass class) {
  jfieldID field = (*env)->GetStaticFieldID(env, class, "JAR_VERSION", "Ljava/lang/String;");
  if (field == NULL)
    return JNI_ERR;
  jstring expected = (jstring)(*env)->GetStaticObjectField(env, class, field);
  const char *text = expected == NULL ? NULL : (*env)->GetStringUTFChars(env, expected, NULL);
  if (text == NULL)
    return JNI_ERR;
  char message[160];
  (void)snprintf(message, sizeof message,
                 "the library is of version %s, the jar of version %s: take both from one build",
                 heliograph_version(), text);
  bool is_same = strcmp(text, heliograph_version()) == 0;
  (*env)->ReleaseStringUTFChars(env, expected, text);
  return is_same ? JNI_OK : refuse(env, message);
}

static jint register_natives(JNIEnv *env) {
  const struct natives *const all[] = {
      &heliograph_natives_of_signal,   &heliograph_natives_of_jdk,    &heliograph_natives_of_shutdown,
      &heliograph_natives_of_process,  &heliograph_natives_of_raise,  &heliograph_natives_of_sender,
      &heliograph_natives_of_commands, &heliograph_natives_of_report, NULL,
  };
  for (const struct natives *const *natives = all; *natives != NULL; natives++) {
    jclass class = (*env)->FindClass(env, (*natives)->class_name);
    if (class == NULL ||
        (*env)->RegisterNatives(env, class, (*natives)->methods, (*natives)->count) != JNI_OK)
      return JNI_ERR;
    (*env)->DeleteLocalRef(env, class);
  }
  return JNI_OK;
}

static jint bind_once(JNIEnv *env, jclass class, jfieldID is_bound) {
  if ((*env)->GetStaticBooleanField(env, class, is_bound) == JNI_TRUE)
    return JNI_OK;
  if (atomic_exchange(&serves, true))
    return refuse(env, "this file is loaded already, for another class loader: another one needs a copy");
  if (register_natives(env) != JNI_OK) {
    atomic_store(&serves, false);
    return JNI_ERR;
  }
  heliograph_await_vm_death(env);
  (*env)->SetStaticBooleanField(env, class, is_bound, JNI_TRUE);
  return JNI_OK;
}

jint heliograph_bind(JNIEnv *env, jclass class) {
  if (check_version(env, class) != JNI_OK)
    return JNI_ERR;
  jfieldID is_bound = (*env)->GetStaticFieldID(env, class, "isBound", "Z");
  if (is_bound == NULL || (*env)->MonitorEnter(env, class) != JNI_OK)
    return JNI_ERR;
  jint result = bind_once(env, class, is_bound);
  (*env)->MonitorExit(env, class);
  return result;
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  (void)reserved;
  JNIEnv *env = NULL;
  if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_10) != JNI_OK)
    return JNI_ERR;
  jclass class = (*env)->FindClass(env, NATIVE_CLASS);
  if (class == NULL || heliograph_bind(env, class) != JNI_OK)
    return JNI_ERR;
  heliograph_bind_jvm_signal(env);
  return JNI_VERSION_10;
}

/* The class loader is gone, and the code stays: it can serve the next one. */
JNIEXPORT void JNICALL JNI_OnUnload(JavaVM *vm, void *reserved) {
  (void)vm, (void)reserved;
  atomic_store(&serves, false);
}
