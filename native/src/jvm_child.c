#include "jvm_child.h"

#include "steer.h"

#include <dlfcn.h>
#include <stddef.h>

#define NATIVE_CLASS "io/heliograph/internal/seam/ChildBinding"

/* java.lang.ProcessImpl.forkAndExec */
typedef jint (*fork_and_exec)(JNIEnv *env, jobject process, jint mode, jbyteArray helper, jbyteArray program,
                              jbyteArray arguments, jint argument_count, jbyteArray environment,
                              jint variable_count, jbyteArray folder, jintArray descriptors,
                              jboolean redirects);

static _Atomic(fork_and_exec) jdks;

/* The child has the mask of this thread, on some JDKs and by some of their ways. */
static jint JNICALL start_child(JNIEnv *env, jobject process, jint mode, jbyteArray helper,
                                jbyteArray program, jbyteArray arguments, jint argument_count,
                                jbyteArray environment, jint variable_count, jbyteArray folder,
                                jintArray descriptors, jboolean redirects) {
  uint64_t unblocked = heliograph_steer_before_child();
  jint pid = atomic_load(&jdks)(env, process, mode, helper, program, arguments, argument_count, environment,
                                variable_count, folder, descriptors, redirects);
  heliograph_steer_after_child(unblocked);
  return pid;
}

/* Its library is not among those that the search goes through by itself, unless it is linked into the
 * launcher. */
static fork_and_exec find_jdks(void) {
  const char *name = "Java_java_lang_ProcessImpl_forkAndExec";
  void *symbol = dlsym(RTLD_DEFAULT, name);
  if (symbol != NULL)
    return (fork_and_exec)symbol;
  void *libjava = dlopen("libjava.so", RTLD_LAZY | RTLD_NOLOAD);
  if (libjava == NULL)
    return NULL;
  symbol = dlsym(libjava, name);
  dlclose(libjava); /* it stays: the JVM has it */
  return (fork_and_exec)symbol;
}

static atomic_bool is_bound;

/* ChildBinding.accept(Object): the argument is the class. */
static void JNICALL bind(JNIEnv *env, jobject self, jobject process_class) {
  (void)self;
  const JNINativeMethod method = {"forkAndExec", "(I[B[B[BI[BI[B[IZ)I", (void *)start_child};
  fork_and_exec found = find_jdks();
  if (found == NULL)
    return;
  atomic_store(&jdks, found);
  atomic_store(&is_bound, (*env)->RegisterNatives(env, (jclass)process_class, &method, 1) == JNI_OK);
  (*env)->ExceptionClear(env); /* a JDK that does it by another method */
}

static jboolean JNICALL tell_bound(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return atomic_load(&is_bound) ? JNI_TRUE : JNI_FALSE;
}

static const JNINativeMethod natives[] = {
    {"accept", "(Ljava/lang/Object;)V", (void *)bind},
    {"isBound", "()Z", (void *)tell_bound},
};

jint heliograph_register_child_natives(JNIEnv *env) {
  jclass class = (*env)->FindClass(env, NATIVE_CLASS);
  if (class == NULL)
    return JNI_ERR;
  return (*env)->RegisterNatives(env, class, natives, sizeof natives / sizeof *natives) == JNI_OK ? JNI_OK
                                                                                                  : JNI_ERR;
}
