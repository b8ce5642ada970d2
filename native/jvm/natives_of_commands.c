/*
 * The natives of NativeCommands: the JVM's diagnostic commands, as the JDK's bean for them has them. The
 * bean's methods are private, which does not bind JNI; the bean itself would need an MBean server, which the
 * app may want to make. In a JDK without these methods a LinkageError is pending.
 */
#include "jvm/natives.h"

/* The methods are native and read no field, so no constructor needs to run. */
static jobject call(JNIEnv *env, const char *name, const char *signature, jobject argument) {
  jclass class = (*env)->FindClass(env, "com/sun/management/internal/DiagnosticCommandImpl");
  jmethodID method = class == NULL ? NULL : (*env)->GetMethodID(env, class, name, signature);
  jobject bean = method == NULL ? NULL : (*env)->AllocObject(env, class);
  return bean == NULL ? NULL : (*env)->CallObjectMethodA(env, bean, method, &(jvalue){.l = argument});
}

static jobject JNICALL names(JNIEnv *env, jclass class) {
  (void)class;
  return call(env, "getDiagnosticCommands", "()[Ljava/lang/String;", NULL);
}

static jobject JNICALL execute(JNIEnv *env, jclass class, jstring command) {
  (void)class;
  return call(env, "executeDiagnosticCommand", "(Ljava/lang/String;)Ljava/lang/String;", command);
}

static const JNINativeMethod methods[] = {
    {"names", "()[Ljava/lang/String;", (void *)names},
    {"execute", "(Ljava/lang/String;)Ljava/lang/String;", (void *)execute},
};

NATIVES_OF(heliograph_natives_of_commands, "NativeCommands");
