/* What the programs that run a command for a Java test share. */
#ifndef HELIOGRAPH_TEST_ENDING_H
#define HELIOGRAPH_TEST_ENDING_H

/* Ends this program with a line that says what could not be done and why (errno). */
_Noreturn void fail(const char *what);

/*
 * Writes REPORT followed by SUFFIX to another file, and renames that: a reader that finds the file finds the
 * whole text.
 */
void tell(const char *report, const char *suffix, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Writes "exited N" or "signaled N", from what waitpid(2) said. */
void tell_ending(const char *report, int status);

/* The child calls it before the exec, so that it starts without blocked or ignored signals. */
void start_from_the_defaults(void);

/* Becomes the command. If that fails, it ends with status 127 and a line. */
_Noreturn void become(char **command);

#endif
