/* Death by a signal at the end of an orderly exit. */
#ifndef HELIOGRAPH_DEATH_H
#define HELIOGRAPH_DEATH_H

/* What heliograph_death_by() needs to have been done, once, before. 0 or -errno. */
int heliograph_death_prepare(void);

/* Called from the handler too. As heliograph_die_by(); 0: by none. */
void heliograph_death_by(int signal);

#endif
