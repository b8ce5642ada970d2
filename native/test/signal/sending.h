/* A child that sends a signal to the test, when the test lets it. */
#ifndef HELIOGRAPH_TEST_SENDING_H
#define HELIOGRAPH_TEST_SENDING_H

#include "heliograph.h"

/* Pipes of look_at(). Each is written to once and read from once. */
extern int may_send[2];
extern int may_end[2];
void say(int ends[2]);
void hear(int ends[2]);

/* Catches the signal and looks at its senders. */
void look_at(int signal);

/* What is known of the sender of a record, which the handler has looked at. */
struct heliograph_lineage lineage_of_one(struct heliograph_record record);

#endif
