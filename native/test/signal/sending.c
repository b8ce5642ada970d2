#include "test/signal/sending.h"

#include "test/support.h"
#include "test/test.h"

#include <unistd.h>

int may_send[2];
int may_end[2];

void say(int ends[2]) {
  CHECK_EQ(write(ends[1], "", 1), 1);
}

void hear(int ends[2]) {
  char byte;
  CHECK_EQ(read(ends[0], &byte, 1), 1);
}

void look_at(int signal) {
  CHECK_EQ(pipe(may_send), 0);
  CHECK_EQ(pipe(may_end), 0);
  open_and_catch(0, signal);
  CHECK_OK(heliograph_look_at_senders(signal, 1));
}

struct heliograph_lineage lineage_of_one(struct heliograph_record record) {
  struct heliograph_lineage lineage;
  CHECK(record.sender != 0);
  CHECK_OK(heliograph_sender_of(record.sender, &lineage));
  CHECK(lineage.count >= 1);
  return lineage;
}
