/* The reader's thread: its signal mask and its time slice. Called by the reader alone. */
#ifndef HELIOGRAPH_SIGNAL_READER_MASK_H
#define HELIOGRAPH_SIGNAL_READER_MASK_H

#include <stdbool.h>

/* Makes the calling thread the reader, and gives it the mask and the slice that are wanted now. */
void heliograph_reader_adopt(void);

/* Unblocks the signals that a handler has held off (struct reader_thread). */
void heliograph_reader_let_in(void);

/* Whether a handler has held off signals. */
bool heliograph_reader_holds_off(void);

/* The next reader has the usual slice. Under state.lock. */
void heliograph_reader_reset_slice(void);

#endif
