/* When the JVM ends, wakes our threads that sleep in native code. If the process lives on without the JVM, it
 * gets its dispositions back. */
#ifndef HELIOGRAPH_JVM_VM_DEATH_H
#define HELIOGRAPH_JVM_VM_DEATH_H

#include <errno.h>
#include <jni.h>
#include <stdbool.h>

/* What a read returns from then on. Native.VM_IS_DEAD is the same. */
#define VM_IS_DEAD (-ESHUTDOWN)

/* Asks the JVM for the event of its end, once. A JVM without JVMTI sends none. */
void heliograph_await_vm_death(JNIEnv *env);

/* Any thread. It becomes true before the sleeping threads are woken. */
bool heliograph_vm_is_dead(void);

/* Around each heliograph_read(). False if the VM is dead: the caller reads no more, and does not call the
 * second. */
bool heliograph_vm_read_begins(void);
void heliograph_vm_read_ends(void);

#endif
