/*
 * The library as an agent: -agentpath:/path/libheliograph.so=jar=/path/heliograph.jar,OPTIONS, or attached.
 * The JVM lets such a library do what Java 24 and later warn of, or deny, after System.load(). The JVM does
 * not call JNI_OnLoad here.
 *
 * It puts the jar on the class path, binds the natives to their classes, and calls the same start as
 * -javaagent does, at the same moment.
 */
#include "jvm/bind.h"
#include "jvm/jvm_signal.h"
#include "jvm/start.h"

#include <errno.h>
#include <jvmti.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define START_CLASS "io.heliograph.agent.NativeStart"
#define NATIVE_CLASS_NAME "io.heliograph.internal.jni.Native"
#define SIGNAL_BINDING_CLASS "io.heliograph.internal.jni.JvmSignalBinding"
#define NO_TOOL_INTERFACE "this JVM has no tool interface (JVMTI) of version 11"

#define RUNS_WITHOUT "the app runs without the agent: "

/* Statuses, of sysexits(3). */
#define WRONG_USAGE 64 /* EX_USAGE: an option is wrong */
#define UNAVAILABLE 69 /* EX_UNAVAILABLE: the environment lacks something */

#define USAGE "write -agentpath:/path/libheliograph.so=jar=/path/heliograph.jar, and options behind a comma"

/* The agent's options, in one piece of memory. */
struct request {
  const char *options; /* after the jar's comma, for Java to parse; empty if there are none */
  bool names_jar;
  bool runs_on; /* whether the app runs without the agent, if the environment lacks something */
  char jar[];
};

/*
 * Writes one line in one write, so that it stays whole. A character that is not printable ASCII becomes a
 * question mark.
 */
static void say(const char *what, const char *about, const char *why) {
  char line[8192];
  int length = snprintf(line, sizeof line - 1, "heliograph: %s%s%s", what, about, why);
  if (length < 0)
    return;
  size_t end = (size_t)length < sizeof line - 2 ? (size_t)length : sizeof line - 2;
  for (size_t i = 0; i < end; i++)
    if (line[i] < ' ' || line[i] > '~')
      line[i] = '?';
  line[end] = '\n';
  ssize_t written = write(STDERR_FILENO, line, end + 1);
  (void)written; /* there is no other place to report it */
}

/*
 * Before the app's main: says what the environment lacks. The app runs without the agent, or does not start
 * if the agent is required.
 */
static void run_without(const char *options, const char *why) {
  if (heliograph_is_on(options, "required")) {
    say(why, "", "");
    _exit(WRONG_USAGE);
  }
  say(RUNS_WITHOUT, why, "");
}

/*
 * The jar ends at the first comma. A backslash takes the meaning from the next character, as in options.
 * NULL if there is no memory.
 */
static struct request *read_request(const char *text) {
  bool names_jar = text != NULL && strncmp(text, "jar=", 4) == 0;
  text = names_jar ? text + 4 : "";
  size_t room = strlen(text) + 2; /* the two texts together are not longer, and each has a NUL */
  struct request *request = malloc(sizeof *request + room);
  if (request == NULL)
    return NULL;
  char *out = request->jar;
  while (*text != '\0' && *text != ',') {
    if (*text == '\\' && text[1] != '\0')
      text++;
    *out++ = *text++;
  }
  *out++ = '\0';
  const char *options = *text == ',' ? text + 1 : "";
  request->options = memcpy(out, options, strlen(options) + 1);
  request->names_jar = names_jar;
  request->runs_on = false;
  return request;
}

/* If it is wrong, this says why. */
static bool is_right(const struct request *request) {
  if (!request->names_jar) {
    say("the agent library needs to know its jar: ", USAGE, "");
    return false;
  }
  struct stat file;
  const char *why = NULL;
  if (stat(request->jar, &file) != 0 || access(request->jar, R_OK) != 0)
    why = strerror(errno); // NOLINT(concurrency-mt-unsafe): it is thread-safe for the errors of a kernel
  else if (!S_ISREG(file.st_mode))
    why = "not a file";
  if (why == NULL)
    return true;
  char about[256];
  (void)snprintf(about, sizeof about, ": %s: " USAGE, why);
  say("jar=", request->jar, about);
  return false;
}

/* Finds it by the system class loader, whatever code runs in this thread. NULL with an exception pending. */
static jclass find_class(JNIEnv *env, const char *name) {
  jclass loaders = (*env)->FindClass(env, "java/lang/ClassLoader");
  jclass classes = (*env)->FindClass(env, "java/lang/Class");
  if (loaders == NULL || classes == NULL)
    return NULL;
  jmethodID system =
      (*env)->GetStaticMethodID(env, loaders, "getSystemClassLoader", "()Ljava/lang/ClassLoader;");
  jmethodID for_name = (*env)->GetStaticMethodID(
      env, classes, "forName", "(Ljava/lang/String;ZLjava/lang/ClassLoader;)Ljava/lang/Class;");
  jstring text = (*env)->NewStringUTF(env, name);
  if (system == NULL || for_name == NULL || text == NULL)
    return NULL;
  jobject loader = (*env)->CallStaticObjectMethod(env, loaders, system);
  if ((*env)->ExceptionCheck(env))
    return NULL;
  jobject class = (*env)->CallStaticObjectMethod(env, classes, for_name, text, JNI_TRUE, loader);
  return (*env)->ExceptionCheck(env) ? NULL : (jclass) class;
}

/* Says the pending exception in one line, and clears it. */
static void say_pending(JNIEnv *env, const char *what, const char *jar) {
  jthrowable pending = (*env)->ExceptionOccurred(env);
  (*env)->ExceptionClear(env);
  jclass throwables = (*env)->FindClass(env, "java/lang/Throwable");
  jmethodID get_message =
      throwables == NULL ? NULL : (*env)->GetMethodID(env, throwables, "getMessage", "()Ljava/lang/String;");
  jstring message = NULL;
  if (pending != NULL && get_message != NULL)
    message = (jstring)(*env)->CallObjectMethod(env, pending, get_message);
  (*env)->ExceptionClear(env);
  const char *text = message == NULL ? NULL : (*env)->GetStringUTFChars(env, message, NULL);
  char why[512];
  (void)snprintf(why, sizeof why, ": %s", text == NULL ? "it cannot be used" : text);
  say(what, jar, why);
  if (text != NULL)
    (*env)->ReleaseStringUTFChars(env, message, text);
}

/* Returns whether it could bind the natives. If not, it has said why. */
static bool bind(JNIEnv *env, const char *jar) {
  jclass natives = find_class(env, NATIVE_CLASS_NAME);
  if (natives == NULL) {
    (*env)->ExceptionClear(env);
    say("jar=", jar, ": there is no Heliograph in it: name heliograph.jar");
    return false;
  }
  if (heliograph_bind(env, natives) == JNI_OK)
    return true;
  say_pending(env, "jar=", jar);
  return false;
}

static void JNICALL bind_jvm_signal(JNIEnv *env, jobject self, jobject unused) {
  (void)self, (void)unused;
  heliograph_bind_jvm_signal(env);
}

/* False with an exception pending. Once bound, it stays for the process's life. */
static bool stay_above_the_jvm(JNIEnv *env) {
  const JNINativeMethod method = {"accept", "(Ljava/lang/Object;)V", (void *)bind_jvm_signal};
  jclass class = find_class(env, SIGNAL_BINDING_CLASS);
  if (class == NULL || (*env)->RegisterNatives(env, class, &method, 1) != JNI_OK)
    return false;
  jmethodID bind = (*env)->GetStaticMethodID(env, class, "bind", "()V");
  if (bind != NULL)
    (*env)->CallStaticVoidMethod(env, class, bind);
  return !(*env)->ExceptionCheck(env);
}

/*
 * Calls a method of NativeStart with the options' bytes, and returns its status. Java knows their encoding.
 * UNAVAILABLE if the method cannot be called.
 */
static jint start(JNIEnv *env, const struct request *request, const char *method_name) {
  if (!bind(env, request->jar))
    return WRONG_USAGE;
  jclass class = stay_above_the_jvm(env) ? find_class(env, START_CLASS) : NULL;
  jmethodID method = class == NULL ? NULL : (*env)->GetStaticMethodID(env, class, method_name, "([B)I");
  jsize length = (jsize)strlen(request->options);
  jbyteArray options = method == NULL ? NULL : (*env)->NewByteArray(env, length);
  jint status = UNAVAILABLE;
  if (options != NULL) {
    (*env)->SetByteArrayRegion(env, options, 0, length, (const jbyte *)request->options);
    status = (*env)->CallStaticIntMethod(env, class, method, options);
  }
  if (!(*env)->ExceptionCheck(env))
    return status;
  say_pending(env, request->runs_on ? RUNS_WITHOUT "jar=" : "jar=", request->jar);
  return UNAVAILABLE;
}

static void exit_in_order(JNIEnv *env, jint status) {
  jclass class = (*env)->FindClass(env, "java/lang/System");
  jmethodID method = class == NULL ? NULL : (*env)->GetStaticMethodID(env, class, "exit", "(I)V");
  if (method != NULL)
    (*env)->CallStaticVoidMethod(env, class, method, status);
  _exit(status); /* there was no memory to find the method */
}

/* Before the app's main, at the same moment as -javaagent's premain. */
static void JNICALL on_vm_init(jvmtiEnv *jvmti, JNIEnv *env, jthread thread) {
  (void)thread;
  struct request *request = NULL;
  (*jvmti)->GetEnvironmentLocalStorage(jvmti, (void **)&request);
  jint status = start(env, request, "onLoad");
  bool ends = status != 0 && !(status == UNAVAILABLE && request->runs_on);
  free(request);
  (*jvmti)->DisposeEnvironment(jvmti);
  if (ends)
    exit_in_order(env, WRONG_USAGE);
}

static jvmtiError await_vm_init(jvmtiEnv *jvmti, struct request *request) {
  jvmtiEventCallbacks callbacks = {.VMInit = on_vm_init};
  jvmtiError error = (*jvmti)->AddToSystemClassLoaderSearch(jvmti, request->jar);
  if (error == JVMTI_ERROR_NONE)
    error = (*jvmti)->SetEnvironmentLocalStorage(jvmti, request);
  if (error == JVMTI_ERROR_NONE)
    error = (*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks);
  if (error == JVMTI_ERROR_NONE)
    error = (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_VM_INIT, NULL);
  return error;
}

/*
 * For -agentpath. A wrong option ends the process here: an error code would add two lines of the JVM's own.
 */
JNIEXPORT jint JNICALL Agent_OnLoad(JavaVM *vm, char *options, void *reserved) {
  (void)reserved;
  jvmtiEnv *jvmti = NULL;
  if ((*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_11) != JNI_OK) {
    run_without(options, NO_TOOL_INTERFACE);
    return JNI_OK;
  }
  if (heliograph_stays_out(jvmti, options)) {
    (*jvmti)->DisposeEnvironment(jvmti);
    return JNI_OK;
  }
  struct request *request = read_request(options);
  if (request != NULL && !is_right(request))
    _exit(WRONG_USAGE);
  if (request != NULL)
    request->runs_on = !heliograph_is_on(options, "required");
  if (request == NULL || await_vm_init(jvmti, request) != JVMTI_ERROR_NONE) {
    run_without(options, "the JVM does not take the agent in");
    (*jvmti)->DisposeEnvironment(jvmti);
    free(request);
  }
  return JNI_OK;
}

/* For an attach at run time: the attaching process gets the status, and the app continues. */
JNIEXPORT jint JNICALL Agent_OnAttach(JavaVM *vm, char *options, void *reserved) {
  (void)reserved;
  JNIEnv *env = NULL;
  jvmtiEnv *jvmti = NULL;
  struct request *request = read_request(options);
  if (request == NULL || !is_right(request)) {
    free(request);
    return WRONG_USAGE;
  }
  jint status = WRONG_USAGE;
  if ((*vm)->GetEnv(vm, (void **)&env, JNI_VERSION_10) != JNI_OK ||
      (*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_11) != JNI_OK)
    say(NO_TOOL_INTERFACE, "", "");
  else if ((*jvmti)->AddToSystemClassLoaderSearch(jvmti, request->jar) != JVMTI_ERROR_NONE)
    say("jar=", request->jar, ": the system class loader does not take it: name heliograph.jar");
  else
    status = start(env, request, "onAttach");
  if (jvmti != NULL)
    (*jvmti)->DisposeEnvironment(jvmti);
  free(request);
  return status == 0 ? 0 : WRONG_USAGE;
}
