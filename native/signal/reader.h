/* What belongs to the thread that reads. */
#ifndef HELIOGRAPH_SIGNAL_READER_H
#define HELIOGRAPH_SIGNAL_READER_H

/* The pipe is new and empty. Under state.lock. */
void heliograph_reader_begin(void);

/* No handler writes any more, and no thread reads. Under state.lock. */
void heliograph_reader_end(void);

#endif
