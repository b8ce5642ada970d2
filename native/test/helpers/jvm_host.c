/*
 * jvm_host LIBJVM [--block SIGNAL | --handle SIGNAL]... CLASS OPTION...
 *
 * A C program that makes a JVM, calls CLASS.main() without arguments, destroys the JVM and lives on. CLASS is
 * as JNI names it: io/heliograph/programs/Host. It prints "ready", and then obeys the lines of its input:
 * "destroy", "pending", "unblock" (all signals), "end" (status 0). It prints what it has done, and "host got
 * SIGNAL" for each that its own handler gets.
 */
#include <dlfcn.h>
#include <jni.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_OPTIONS = 16 };

typedef jint (*create_vm)(JavaVM **vm, void **env, void *arguments);

static JavaVM *vm;
static JNIEnv *env;

static _Noreturn void fail(const char *what) {
  (void)fprintf(stderr, "jvm_host: %s\n", what);
  _exit(2);
}

static void say(const char *what) {
  if (puts(what) < 0 || fflush(stdout) != 0)
    _exit(2);
}

static void on_signal(int signal) {
  char line[] = "host got 00\n";
  line[sizeof "host got " - 1] = (char)('0' + signal / 10);
  line[sizeof "host got " - 0] = (char)('0' + signal % 10);
  if (write(STDOUT_FILENO, line, sizeof line - 1) < 0)
    _exit(2);
}

static void set_up(const char *how, int signal) {
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  if (strcmp(how, "--block") == 0 ? pthread_sigmask(SIG_BLOCK, &set, NULL) : sigaction(signal, &action, NULL))
    fail(how);
}

static void create(const char *library, char **texts, int count) {
  JavaVMOption options[MOST_OPTIONS];
  JavaVMInitArgs arguments = {.version = JNI_VERSION_10, .nOptions = count, .options = options};
  void *libjvm = dlopen(library, RTLD_NOW | RTLD_GLOBAL);
  create_vm create = libjvm == NULL ? NULL : (create_vm)dlsym(libjvm, "JNI_CreateJavaVM");
  if (create == NULL || count > MOST_OPTIONS)
    fail(library);
  memset(options, 0, sizeof options);
  for (int i = 0; i < count; i++)
    options[i].optionString = texts[i];
  if (create(&vm, (void **)&env, &arguments) != JNI_OK)
    fail("no JVM");
}

static void call_main(const char *name) {
  jclass class = (*env)->FindClass(env, name);
  jmethodID method =
      class == NULL ? NULL : (*env)->GetStaticMethodID(env, class, "main", "([Ljava/lang/String;)V");
  jclass texts = method == NULL ? NULL : (*env)->FindClass(env, "java/lang/String");
  if (texts != NULL)
    (*env)->CallStaticVoidMethod(env, class, method, (*env)->NewObjectArray(env, 0, texts, NULL));
  if ((*env)->ExceptionCheck(env)) {
    (*env)->ExceptionDescribe(env);
    fail(name);
  }
}

static void say_pending(void) {
  sigset_t set;
  int count = 0;
  sigpending(&set);
  for (int signal = 1; signal <= SIGRTMAX; signal++)
    count += sigismember(&set, signal);
  say(count == 1 ? "pending" : "not pending");
}

static void obey(const char *line) {
  sigset_t none;
  sigemptyset(&none);
  if (strcmp(line, "destroy\n") == 0) {
    if ((*vm)->DestroyJavaVM(vm) != JNI_OK)
      fail("not destroyed");
    say("destroyed");
  } else if (strcmp(line, "pending\n") == 0) {
    say_pending();
  } else if (strcmp(line, "unblock\n") == 0) {
    pthread_sigmask(SIG_SETMASK, &none, NULL);
    say("unblocked");
  } else if (strcmp(line, "end\n") == 0) {
    _exit(0);
  } else {
    fail(line);
  }
}

int main(int argc, char **argv) {
  char line[64];
  int at = 2;
  for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2)
    set_up(argv[at], (int)strtol(argv[at + 1], NULL, 10));
  if (at >= argc)
    fail("usage: jvm_host LIBJVM [--block SIGNAL | --handle SIGNAL]... CLASS OPTION...");
  create(argv[1], argv + at + 1, argc - at - 1);
  call_main(argv[at]);
  say("ready");
  while (fgets(line, sizeof line, stdin) != NULL)
    obey(line);
  return 0;
}
