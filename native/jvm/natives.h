/*
 * The native methods: a table for each class of Java that declares some. They take and return primitives and
 * addresses of direct buffers, unless the JVM's tool interface needs an object. Each returns a value or
 * -errno, and Java makes the exception. None calls back into Java, but those of NativeCommands.
 */
#ifndef HELIOGRAPH_JVM_NATIVES_H
#define HELIOGRAPH_JVM_NATIVES_H

#include <jni.h>

struct natives {
  const char *class_name; /* without the package, which a build of the app may have changed (shading) */
  const JNINativeMethod *methods;
  jint count;
};

/* Defines such a table, of a static array `methods`. */
#define NATIVES_OF(name, class) const struct natives name = {class, methods, sizeof methods / sizeof *methods}

extern const struct natives heliograph_natives_of_signal;
extern const struct natives heliograph_natives_of_jdk;
extern const struct natives heliograph_natives_of_shutdown;
extern const struct natives heliograph_natives_of_report;
extern const struct natives heliograph_natives_of_notify;
extern const struct natives heliograph_natives_of_process;
extern const struct natives heliograph_natives_of_raise;
extern const struct natives heliograph_natives_of_sender;
extern const struct natives heliograph_natives_of_commands;

#endif
