/* A child of a test, and what it says on standard error. */
#ifndef HELIOGRAPH_TEST_DEADLINE_SAID_H
#define HELIOGRAPH_TEST_DEADLINE_SAID_H

/* What the last child has said. */
extern char said[8192];

/* Runs the body in a child to its end. Returns the child's status (waitpid(2)). */
int run(void (*body)(void));

/* In the child: standard error goes to `said`. */
void say_to_parent(void);

void check_exited(int status, int code);

#endif
