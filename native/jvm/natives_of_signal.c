/* The natives of Native: the C API, one native for each function. */
#include "heliograph.h"
#include "jvm/natives.h"
#include "jvm/vm_death.h"
#include "signal/reader_mask.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* As io.heliograph.SignalEvent.ChildChanged.Change numbers them. */
_Static_assert(CLD_EXITED == 1 && CLD_KILLED == 2 && CLD_DUMPED == 3 && CLD_TRAPPED == 4 &&
                   CLD_STOPPED == 5 && CLD_CONTINUED == 6,
               "the order of the constants of Change");

static jint JNICALL open_pipe(JNIEnv *env, jclass class, jint pipe_bytes) {
  (void)env, (void)class;
  return heliograph_open((size_t)pipe_bytes);
}

static jint JNICALL close_pipe(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_close();
}

/* A native that takes the number of a signal and nothing else. */
#define OF_SIGNAL(native, function)                                                                          \
  static jint JNICALL native(JNIEnv *env, jclass class, jint signal) {                                       \
    (void)env, (void)class;                                                                                  \
    return function(signal);                                                                                 \
  }

OF_SIGNAL(catch_signal, heliograph_catch)
OF_SIGNAL(observe, heliograph_observe)
OF_SIGNAL(observe_default, heliograph_observe_default)
OF_SIGNAL(ignore, heliograph_ignore)
OF_SIGNAL(set_default, heliograph_default)
OF_SIGNAL(restore, heliograph_restore)
OF_SIGNAL(wait_for_handlers, heliograph_wait_for_handlers)
OF_SIGNAL(set_private, heliograph_set_private)
OF_SIGNAL(leave_timers, heliograph_leave_timers)
OF_SIGNAL(leave_attach, heliograph_leave_attach)
OF_SIGNAL(raise_signal, heliograph_raise)
OF_SIGNAL(run_default_action, heliograph_run_default_action)

static jint JNICALL wait_for_handlers_within(JNIEnv *env, jclass class, jint signal, jlong most_ns) {
  (void)env, (void)class;
  return heliograph_wait_for_handlers_within(signal, most_ns);
}

static jint JNICALL set_blocking(JNIEnv *env, jclass class, jboolean blocking) {
  (void)env, (void)class;
  return heliograph_set_blocking(blocking == JNI_TRUE);
}

static jint JNICALL set_short_slice(JNIEnv *env, jclass class, jboolean is_short) {
  (void)env, (void)class;
  return heliograph_set_short_slice(is_short == JNI_TRUE);
}

static jlong JNICALL address(JNIEnv *env, jclass class, jobject buffer) {
  (void)class;
  return (jlong)(intptr_t)(*env)->GetDirectBufferAddress(env, buffer);
}

static jint JNICALL read_records(JNIEnv *env, jclass class, jlong records, jint max) {
  (void)env, (void)class;
  ssize_t count = 0;
  if (heliograph_vm_read_begins()) {
    count = heliograph_read((struct heliograph_record *)(intptr_t)records, (size_t)max);
    heliograph_vm_read_ends();
  }
  if (count != 0 || !heliograph_vm_is_dead())
    return (jint)count;
  heliograph_reader_adopt(); /* the VM may never let this thread run again */
  return VM_IS_DEAD;
}

static jint JNICALL mark(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_mark();
}

static jboolean JNICALL is_past_mark(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_is_past_mark() ? JNI_TRUE : JNI_FALSE;
}

static jint JNICALL wake(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_wake();
}

static jint JNICALL ledger(JNIEnv *env, jclass class, jint signal, jlong counts) {
  (void)env, (void)class;
  return heliograph_ledger(signal, (struct heliograph_counts *)(intptr_t)counts);
}

static jint JNICALL send_signal(JNIEnv *env, jclass class, jint pid, jint signal) {
  (void)env, (void)class;
  return heliograph_send(pid, signal);
}

static jint JNICALL queue(JNIEnv *env, jclass class, jint pid, jint signal, jint value) {
  (void)env, (void)class;
  return heliograph_queue(pid, signal, value);
}

static jint JNICALL process_id(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return (jint)getpid();
}

static jboolean JNICALL process_exists(JNIEnv *env, jclass class, jint pid) {
  (void)env, (void)class;
  return heliograph_process_exists(pid) ? JNI_TRUE : JNI_FALSE;
}

static jint JNICALL disposition(JNIEnv *env, jclass class, jint signal, jlong address_of_result) {
  (void)env, (void)class;
  return heliograph_get_disposition(signal, (struct heliograph_disposition *)(intptr_t)address_of_result);
}

static jlong JNICALL displaced(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return (jlong)heliograph_displaced();
}

static jint JNICALL max_signal(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_max_signal();
}

/* Copies a text without its NUL, cut to the room. Returns the length. */
static jint put_text(const char *text, jlong address_of_result, jint room) {
  size_t length = strnlen(text, (size_t)room);
  memcpy((void *)(intptr_t)address_of_result, text, length);
  return (jint)length;
}

/* 0 if the number is no signal. */
static jint JNICALL name(JNIEnv *env, jclass class, jint signal, jlong address_of_result, jint room) {
  (void)env, (void)class;
  const char *text = heliograph_signal_name(signal);
  return text == NULL ? 0 : put_text(text, address_of_result, room);
}

static jint JNICALL error_text(JNIEnv *env, jclass class, jint error, jlong address_of_result, jint room) {
  (void)env, (void)class;
  char text[128];
  errno = error;
  (void)snprintf(text, sizeof text, "%m"); /* strerror_r(3) has two forms */
  return put_text(text, address_of_result, room);
}

static const JNINativeMethod methods[] = {
    {"open", "(I)I", (void *)open_pipe},
    {"close", "()I", (void *)close_pipe},
    {"catchSignal", "(I)I", (void *)catch_signal},
    {"observe", "(I)I", (void *)observe},
    {"observeDefault", "(I)I", (void *)observe_default},
    {"ignore", "(I)I", (void *)ignore},
    {"setDefault", "(I)I", (void *)set_default},
    {"restore", "(I)I", (void *)restore},
    {"waitForHandlers", "(I)I", (void *)wait_for_handlers},
    {"waitForHandlersWithin", "(IJ)I", (void *)wait_for_handlers_within},
    {"setPrivate", "(I)I", (void *)set_private},
    {"leaveTimers", "(I)I", (void *)leave_timers},
    {"leaveAttach", "(I)I", (void *)leave_attach},
    {"raise", "(I)I", (void *)raise_signal},
    {"runDefaultAction", "(I)I", (void *)run_default_action},
    {"setBlocking", "(Z)I", (void *)set_blocking},
    {"setShortSlice", "(Z)I", (void *)set_short_slice},
    {"address", "(Ljava/nio/ByteBuffer;)J", (void *)address},
    {"read", "(JI)I", (void *)read_records},
    {"mark", "()I", (void *)mark},
    {"isPastMark", "()Z", (void *)is_past_mark},
    {"wake", "()I", (void *)wake},
    {"ledger", "(IJ)I", (void *)ledger},
    {"send", "(II)I", (void *)send_signal},
    {"queue", "(III)I", (void *)queue},
    {"processId", "()I", (void *)process_id},
    {"processExists", "(I)Z", (void *)process_exists},
    {"disposition", "(IJ)I", (void *)disposition},
    {"displaced", "()J", (void *)displaced},
    {"maxSignal", "()I", (void *)max_signal},
    {"name", "(IJI)I", (void *)name},
    {"errorText", "(IJI)I", (void *)error_text},
};

NATIVES_OF(heliograph_natives_of_signal, "Native");
