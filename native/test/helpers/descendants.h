/* The descendants of this process, as /proc has them. */
#ifndef HELIOGRAPH_TEST_DESCENDANTS_H
#define HELIOGRAPH_TEST_DESCENDANTS_H

#include <stdio.h>

/* Kills them, and writes a line for each: "pid state command". */
void end_descendants(FILE *lines);

#endif
