/* How our threads that sleep in native code learn that the JVM ends. */
#ifndef HELIOGRAPH_VM_DEATH_H
#define HELIOGRAPH_VM_DEATH_H

#include <errno.h>
#include <jni.h>
#include <stdbool.h>

/* What a read answers from then on: as Native.VM_IS_DEAD. */
#define VM_IS_DEAD (-ESHUTDOWN)

/* Has the JVM tell us of its end; once a copy of the library. A JVM without JVMTI will not. */
void heliograph_await_vm_death(JNIEnv *env);

/* Any thread. What sleeps is woken after this has become true. */
bool heliograph_vm_is_dead(void);

#endif
