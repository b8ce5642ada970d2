/*
 * Gives the exception the stack of the thread that it is raised in. It has the stack of the thread that made
 * it, and StopThread leaves that.
 */
#include "raise/raise.h"

#include <stddef.h>
#include <string.h>

#define MOST_FRAMES 1024

static jint line_of(jvmtiEnv *jvmti, const jvmtiFrameInfo *frame) {
  jvmtiLineNumberEntry *table = NULL;
  jint count = 0;
  jint line = -1;
  if (frame->location < 0)
    return -2; /* StackTraceElement's number for a native method */
  if ((*jvmti)->GetLineNumberTable(jvmti, frame->method, &count, &table) != JVMTI_ERROR_NONE)
    return line;
  jlocation best = -1;
  for (jint i = 0; i < count; i++) {
    if (table[i].start_location <= frame->location && table[i].start_location > best) {
      best = table[i].start_location;
      line = table[i].line_number;
    }
  }
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)table);
  return line;
}

/* From "Ljava/lang/Object;", in place. */
static char *class_name(char *signature) {
  size_t length = strlen(signature);
  for (size_t i = 0; i < length; i++)
    if (signature[i] == '/')
      signature[i] = '.';
  signature[length - 1] = '\0';
  return signature + 1;
}

static jobject new_element(JNIEnv *env, char *signature, const char *method, const char *file, jint line) {
  jstring class_text = (*env)->NewStringUTF(env, class_name(signature));
  jstring method_text = class_text == NULL ? NULL : (*env)->NewStringUTF(env, method);
  jstring file_text = method_text == NULL || file == NULL ? NULL : (*env)->NewStringUTF(env, file);
  if ((*env)->ExceptionCheck(env))
    return NULL;
  return (*env)->NewObject(env, heliograph_raiser.element, heliograph_raiser.new_element, class_text,
                           method_text, file_text, line);
}

/* The JDK shows the class of a lambda in no trace. */
static bool is_hidden(const char *signature) {
  return strstr(signature, "$$Lambda") != NULL;
}

/* NULL if the trace leaves it out, or with an exception pending. */
static jobject element(JNIEnv *env, const jvmtiFrameInfo *frame) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jclass class = NULL;
  char *signature = NULL;
  char *method = NULL;
  char *file = NULL;
  jobject made = NULL;
  if ((*jvmti)->GetMethodDeclaringClass(jvmti, frame->method, &class) == JVMTI_ERROR_NONE &&
      (*jvmti)->GetClassSignature(jvmti, class, &signature, NULL) == JVMTI_ERROR_NONE &&
      (*jvmti)->GetMethodName(jvmti, frame->method, &method, NULL, NULL) == JVMTI_ERROR_NONE) {
    if ((*jvmti)->GetSourceFileName(jvmti, class, &file) != JVMTI_ERROR_NONE)
      file = NULL;
    if (!is_hidden(signature))
      made = new_element(env, signature, method, file, line_of(jvmti, frame));
  }
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)file);
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)method);
  (void)(*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
  return made;
}

/* Returns how many elements it has set. An exception may be pending. */
static jint fill(JNIEnv *env, const jvmtiFrameInfo *frames, jobjectArray trace, jint length) {
  jint filled = 0;
  for (jint i = 0; i < length; i++) {
    if ((*env)->PushLocalFrame(env, 8) != 0)
      return filled;
    jobject made = element(env, &frames[i]);
    if (made != NULL)
      (*env)->SetObjectArrayElement(env, trace, filled++, made);
    (*env)->PopLocalFrame(env, NULL);
    if ((*env)->ExceptionCheck(env))
      return filled;
  }
  return filled;
}

/* NULL with an exception pending. */
static jobjectArray shortened(JNIEnv *env, jobjectArray array, jint length) {
  jobjectArray made = (*env)->NewObjectArray(env, length, heliograph_raiser.element, NULL);
  for (jint i = 0; made != NULL && i < length; i++) {
    jobject element = (*env)->GetObjectArrayElement(env, array, i);
    (*env)->SetObjectArrayElement(env, made, i, element);
    (*env)->DeleteLocalRef(env, element);
  }
  return made;
}

static void set_trace(JNIEnv *env, const struct heliograph_raise_stack *stack, jthrowable what) {
  jint length = stack->count < MOST_FRAMES ? stack->count : MOST_FRAMES;
  jobjectArray room = (*env)->NewObjectArray(env, length, heliograph_raiser.element, NULL);
  jint filled = room == NULL ? 0 : fill(env, stack->frames, room, length);
  jobjectArray trace = room == NULL || (*env)->ExceptionCheck(env) ? NULL : shortened(env, room, filled);
  if (trace != NULL)
    (*env)->CallVoidMethod(env, what, heliograph_raiser.set_trace, trace);
}

void heliograph_raise_trace(JNIEnv *env, const struct heliograph_raise_stack *stack, jthrowable what) {
  if ((*env)->PushLocalFrame(env, 8) == 0) {
    set_trace(env, stack, what);
    if ((*env)->ExceptionCheck(env))
      (*env)->ExceptionClear(env); /* no memory: the exception keeps the stack of the thread that made it */
    (*env)->PopLocalFrame(env, NULL);
  } else {
    (*env)->ExceptionClear(env);
  }
}
