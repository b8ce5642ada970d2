/* Which handler the kernel calls for each signal, and what was there before. */
#ifndef HELIOGRAPH_DISPOSITION_H
#define HELIOGRAPH_DISPOSITION_H

/* heliograph_restore() for every signal that is held. Under instance.lock. */
void heliograph_restore_all(void);

#endif
