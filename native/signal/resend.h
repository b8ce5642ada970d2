/* Sends this process again what nobody has handled. */
#ifndef HELIOGRAPH_SIGNAL_RESEND_H
#define HELIOGRAPH_SIGNAL_RESEND_H

/* Reads the pipe to its end: see heliograph_hand_back(). No handler writes, and no thread reads. Under
 * state.lock. */
void heliograph_resend(void);

#endif
