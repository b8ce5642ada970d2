/*
 * Defines a class in its loader without having the loader look for it, in an app's whole class path first.
 *
 * By the loader's own ClassLoader.defineClass, which is protected and final, and not by JNI's DefineClass:
 * that takes no ProtectionDomain, and a class without one does not say which jar it is from.
 */
#include "define_class.h"

jobject JNICALL heliograph_define_class(JNIEnv *env, jclass class, jobject loader, jstring name,
                                        jbyteArray classes, jint offset, jint length, jobject domain) {
  (void)class;
  jclass type = (*env)->FindClass(env, "java/lang/ClassLoader");
  if (type == NULL)
    return NULL;
  jmethodID define = (*env)->GetMethodID(
      env, type, "defineClass", "(Ljava/lang/String;[BIILjava/security/ProtectionDomain;)Ljava/lang/Class;");
  return define == NULL
             ? NULL
             : (*env)->CallObjectMethod(env, loader, define, name, classes, offset, length, domain);
}
