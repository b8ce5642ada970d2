/* The instruction that a frame is at, and whether an exception may come out of it. */
#include "raise/raise.h"

#include <stddef.h>
#include <string.h>

/* The numbers of the JVM specification. */
enum instruction {
  LOAD_CONSTANT = 0x12,
  LOAD_CONSTANT_WIDE = 0x13,
  GET_STATIC = 0xb2,
  PUT_STATIC = 0xb3,
  INVOKE_FIRST = 0xb6,
  INVOKE_DYNAMIC = 0xba,
  NEW = 0xbb,
  NEW_ARRAY_OF_REFERENCES = 0xbd,
  THROW = 0xbf,
  CHECK_CAST = 0xc0,
  INSTANCE_OF = 0xc1,
  MONITOR_ENTER = 0xc2,
  MONITOR_EXIT = 0xc3
};
enum tag { UTF8 = 1, LONG = 5, DOUBLE = 6, CLASS = 7, METHOD = 10, INTERFACE_METHOD = 11 };

/* A class's constant pool, in the format of the class file. */
struct pool {
  const unsigned char *bytes;
  jint size;
  jint count;
};

static jint u2(const unsigned char *at) {
  return at[0] << 8 | at[1];
}

/* The length of the entry with its tag; 0 for an unknown one. */
static jint length_of(const unsigned char *entry) {
  static const unsigned char lengths[] = {0, 0, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3};
  if (entry[0] == UTF8)
    return 3 + u2(entry + 1);
  return entry[0] < sizeof lengths ? lengths[entry[0]] : 0;
}

/* NULL if there is none of that number and tag. */
static const unsigned char *entry_of(const struct pool *pool, jint wanted, int tag) {
  jint at = 0;
  for (jint index = 1; index < pool->count && at + 3 <= pool->size; index++) {
    const unsigned char *entry = pool->bytes + at;
    jint length = length_of(entry);
    if (length == 0 || at + length > pool->size)
      return NULL;
    if (index == wanted)
      return entry[0] == tag ? entry : NULL;
    at += length;
    if (entry[0] == LONG || entry[0] == DOUBLE)
      index++; /* such an entry takes two numbers */
  }
  return NULL;
}

/* Whether the method of that number is in java.util.concurrent: its calls take locks and permits. */
static bool is_concurrent(const struct pool *pool, jint index) {
  static const char package[] = "java/util/concurrent/";
  const unsigned char *method = entry_of(pool, index, METHOD);
  if (method == NULL)
    method = entry_of(pool, index, INTERFACE_METHOD);
  const unsigned char *class = method == NULL ? NULL : entry_of(pool, u2(method + 1), CLASS);
  const unsigned char *name = class == NULL ? NULL : entry_of(pool, u2(class + 1), UTF8);
  return name == NULL ||
         (u2(name + 1) >= (jint)strlen(package) && memcmp(name + 3, package, strlen(package)) == 0);
}

static bool calls_concurrent(JNIEnv *env, jmethodID method, jint index) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  jclass class = NULL;
  unsigned char *bytes = NULL;
  struct pool pool = {NULL, 0, 0};
  if ((*jvmti)->GetMethodDeclaringClass(jvmti, method, &class) != JVMTI_ERROR_NONE)
    return true;
  bool does = true;
  if ((*jvmti)->GetConstantPool(jvmti, class, &pool.count, &pool.size, &bytes) == JVMTI_ERROR_NONE) {
    pool.bytes = bytes;
    does = is_concurrent(&pool, index);
    (void)(*jvmti)->Deallocate(jvmti, bytes);
  }
  (*env)->DeleteLocalRef(env, class);
  return does;
}

/* Whether it may load or initialise a class first. An exception within would make the class useless. */
static bool may_initialise(int at) {
  switch (at) {
  case LOAD_CONSTANT:
  case LOAD_CONSTANT_WIDE:
  case GET_STATIC:
  case PUT_STATIC:
  case NEW:
  case NEW_ARRAY_OF_REFERENCES:
  case CHECK_CAST:
  case INSTANCE_OF:
    return true;
  default:
    return false;
  }
}

/*
 * At a call, the thread is about to enter it, or has just left it. In the second case the call may have taken
 * a lock, and no try block protects it yet. So calls wait until many tries have failed, and those of
 * java.util.concurrent for ever. A compiled loop has other instructions, too.
 *
 * After a monitorenter, an interpreted thread may still be in it (TemplateTable::monitorenter advances before
 * it locks), and does not throw when it leaves (JRT_ENTRY_NO_ASYNC): it may wait next, and never throw. The
 * byte before may also be an operand, so this is for a while only.
 */
bool heliograph_raise_is_delicate(JNIEnv *env, jmethodID method, jlocation location, bool is_patient) {
  jvmtiEnv *jvmti = heliograph_raiser.jvmti;
  unsigned char *code = NULL;
  jint length = 0;
  if (location < 0)
    return false; /* a native method: the thread throws when it returns */
  if ((*jvmti)->GetBytecodes(jvmti, method, &length, &code) != JVMTI_ERROR_NONE)
    return true;
  int at = location < length ? code[location] : THROW;
  int before = location > 0 && location <= length ? code[location - 1] : 0;
  jint operand = location + 2 < length ? u2(code + location + 1) : 0;
  (void)(*jvmti)->Deallocate(jvmti, code);
  if (at == MONITOR_ENTER || at == MONITOR_EXIT || at == THROW)
    return true;
  if ((before == MONITOR_ENTER || may_initialise(at)) && !is_patient)
    return true;
  if (at < INVOKE_FIRST || at > INVOKE_DYNAMIC)
    return false;
  return !is_patient || (at != INVOKE_DYNAMIC && calls_concurrent(env, method, operand));
}
