/* The reader's part of senders: see signal/handler/sender.h. */
#ifndef HELIOGRAPH_SIGNAL_LINEAGE_H
#define HELIOGRAPH_SIGNAL_LINEAGE_H

#include <stdint.h>

/* The reader has given out a record with this sender. */
void heliograph_sender_given_out(int32_t number);

/* Releases each sender that was given out so far. */
void heliograph_sender_release_given_out(void);

/* Forgets what the handlers saw, and looks at no sender any more. No handler runs, and no record waits. */
void heliograph_senders_forget(void);

#endif
