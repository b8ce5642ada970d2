#include "jvm/start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPACE " \t\r\n\v\f"

/* No Java code runs yet that could change the environment meanwhile. */
static const char *options_of_environment(void) {
  return getenv(OPTIONS_VARIABLE); /* NOLINT(concurrency-mt-unsafe) */
}

/* Whether the option stands by itself between commas. */
static bool has(const char *options, const char *name, const char *value) {
  char option[64];
  int length = snprintf(option, sizeof option, "%s=%s", name, value);
  for (const char *at = options; at != NULL;) {
    at += strspn(at, SPACE);
    const char *end = at + strcspn(at, ",");
    size_t rest = strcspn(at, SPACE ",");
    if (rest == (size_t)length && strncmp(at, option, rest) == 0)
      return true;
    at = *end == ',' ? end + 1 : NULL;
  }
  return false;
}

bool heliograph_is_on(const char *options, const char *name) {
  return has(options, name, "on") ||
         (has(options_of_environment(), name, "on") && !has(options, name, "off"));
}

static bool is_off(const char *options) {
  if (options == NULL)
    return false;
  options += strspn(options, SPACE);
  size_t length = strcspn(options, SPACE);
  return length == 3 && strncmp(options, "off", 3) == 0 && options[3 + strspn(options + 3, SPACE)] == '\0';
}

static bool begins_with(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* NULL if it is not set. To be given back by Deallocate. */
static char *property(jvmtiEnv *jvmti, const char *name) {
  char *value = NULL;
  return (*jvmti)->GetSystemProperty(jvmti, name, &value) == JVMTI_ERROR_NONE ? value : NULL;
}

/* The JDK's launcher sets these properties as options (java.c, SetMainModule, SetJavaCommandLineProp). */
static bool runs_tool(jvmtiEnv *jvmti) {
  char *module = property(jvmti, "jdk.module.main");
  char *command = property(jvmti, "sun.java.command");
  char *launcher = property(jvmti, "sun.java.launcher");
  bool is_tool = false;
  if (module != NULL)
    is_tool = (begins_with(module, "jdk.") || begins_with(module, "java.")) &&
              strcmp(module, "jdk.httpserver") != 0;
  else if (command != NULL)
    is_tool = begins_with(command, "jdk.jshell.");
  else
    is_tool = launcher != NULL;
  char *const all[] = {module, command, launcher};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (all[i] != NULL)
      (*jvmti)->Deallocate(jvmti, (unsigned char *)all[i]);
  return is_tool;
}

bool heliograph_stays_out(jvmtiEnv *jvmti, const char *options) {
  return is_off(options_of_environment()) || (runs_tool(jvmti) && !heliograph_is_on(options, "tools"));
}
