#include "jvm/bind.h"

#include "heliograph.h"
#include "jvm/jvm_signal.h"
#include "jvm/natives.h"
#include "jvm/vm_death.h"

#include <jvmti.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/*
 * Our package, if no build has changed it. Else it is that of the class that loads the library: shading tools
 * rename classes, and no strings in here.
 */
#define DEFAULT_PACKAGE "io/heliograph/internal/jni/"

enum {
  CLASS_NAME_ROOM = 1024,
  MOST_FRAMES = 64 /* System.load() takes some ten */
};

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

/* Writes the name of the class, with slashes, up to its package's last slash. False if there is no room. */
static bool package_of(jvmtiEnv *jvmti, jclass class, char package[CLASS_NAME_ROOM]) {
  char *signature = NULL;
  if ((*jvmti)->GetClassSignature(jvmti, class, &signature, NULL) != JVMTI_ERROR_NONE)
    return false;
  const char *end = strrchr(signature, '/');
  bool fits = *signature == 'L' && end != NULL && end - signature < CLASS_NAME_ROOM;
  if (fits) {
    memcpy(package, signature + 1, (size_t)(end - signature));
    package[end - signature] = '\0';
  }
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
  return fits;
}

/* The first class of the calling thread's stack that is not the JDK's own; NULL if there is none. */
static jclass calling_class(JNIEnv *env, jvmtiEnv *jvmti) {
  jvmtiFrameInfo frames[MOST_FRAMES];
  jint count = 0;
  if ((*jvmti)->GetStackTrace(jvmti, NULL, 0, MOST_FRAMES, frames, &count) != JVMTI_ERROR_NONE)
    return NULL;
  for (jint i = 0; i < count; i++) {
    jclass class = NULL;
    jobject loader = NULL;
    if ((*jvmti)->GetMethodDeclaringClass(jvmti, frames[i].method, &class) != JVMTI_ERROR_NONE ||
        (*jvmti)->GetClassLoader(jvmti, class, &loader) != JVMTI_ERROR_NONE)
      return NULL;
    if (loader != NULL) {
      (*env)->DeleteLocalRef(env, loader);
      return class;
    }
    (*env)->DeleteLocalRef(env, class);
  }
  return NULL;
}

/* Finds one of our classes. In JNI_OnLoad the JVM looks in the loader of the class that loads the library. */
static jclass find_class(JNIEnv *env, const char *package, const char *name) {
  char whole[CLASS_NAME_ROOM + 64];
  (void)snprintf(whole, sizeof whole, "%s%s", package, name);
  return (*env)->FindClass(env, whole);
}

static jvmtiEnv *get_jvmti(JNIEnv *env) {
  JavaVM *vm = NULL;
  jvmtiEnv *jvmti = NULL;
  if ((*env)->GetJavaVM(env, &vm) != JNI_OK || (*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_11) != JNI_OK)
    return NULL;
  return jvmti;
}

/* Native, in the package of the class that loads the library. */
static jclass find_native(JNIEnv *env) {
  char package[CLASS_NAME_ROOM];
  jvmtiEnv *jvmti = get_jvmti(env);
  jclass caller = jvmti == NULL ? NULL : calling_class(env, jvmti);
  bool is_known = caller != NULL && package_of(jvmti, caller, package);
  if (jvmti != NULL)
    (void)(*jvmti)->DisposeEnvironment(jvmti);
  jclass found = is_known ? find_class(env, package, "Native") : NULL;
  if (found != NULL)
    return found;
  (*env)->ExceptionClear(env); /* a class of the app loads the library */
  return find_class(env, DEFAULT_PACKAGE, "Native");
}

static bool package_of_native(JNIEnv *env, jclass class, char package[CLASS_NAME_ROOM]) {
  jvmtiEnv *jvmti = get_jvmti(env);
  if (jvmti == NULL)
    return false;
  bool is_known = package_of(jvmti, class, package);
  (void)(*jvmti)->DisposeEnvironment(jvmti);
  return is_known;
}

static jint register_natives(JNIEnv *env, const char *package) {
  const struct natives *const all[] = {
      &heliograph_natives_of_signal,   &heliograph_natives_of_jdk,
      &heliograph_natives_of_shutdown, &heliograph_natives_of_process,
      &heliograph_natives_of_raise,    &heliograph_natives_of_sender,
      &heliograph_natives_of_commands, &heliograph_natives_of_report,
      &heliograph_natives_of_notify,   NULL,
  };
  for (const struct natives *const *natives = all; *natives != NULL; natives++) {
    jclass class = find_class(env, package, (*natives)->class_name);
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
  char package[CLASS_NAME_ROOM];
  if (!package_of_native(env, class, package))
    (void)snprintf(package, sizeof package, "%s", DEFAULT_PACKAGE);
  if (register_natives(env, package) != JNI_OK) {
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
  jclass class = find_native(env);
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
