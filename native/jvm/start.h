#pragma once

#include <jvmti.h>
#include <stdbool.h>

/* The environment variable with options beneath those of the command line. */
#define OPTIONS_VARIABLE "HELIOGRAPH_OPTIONS"

/*
 * Whether the agent stays out of this JVM, without a line: HELIOGRAPH_OPTIONS is "off", or the JVM runs a
 * tool of the JDK and no tools=on is there. JdkTool.java has the same rule for -javaagent.
 */
bool heliograph_stays_out(jvmtiEnv *jvmti, const char *options);

/* Whether name=on stands between commas of these options, or of the variable's if they do not say off. */
bool heliograph_is_on(const char *options, const char *name);
