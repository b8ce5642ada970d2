#include "test/helpers/descendants.h"

#include "test/helpers/ending.h"

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct process {
  int parent;
  char state;
  char command[64];
};

/* proc(5), /proc/PID/stat; false if it is gone. The command may contain blanks and parentheses. */
static bool look(int pid, struct process *process) {
  char path[32];
  char line[512] = {0};
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return false;
  size_t length = fread(line, 1, sizeof line - 1, file);
  fclose(file);
  char *open = strchr(line, '(');
  char *close = strrchr(line, ')');
  if (length == 0 || open == NULL || close == NULL ||
      sscanf(close + 1, " %c %d", &process->state, &process->parent) != 2)
    return false;
  snprintf(process->command, sizeof process->command, "%.*s", (int)(close - open - 1), open + 1);
  return true;
}

static bool descends(int pid) {
  struct process process;
  while (look(pid, &process)) {
    if (process.parent == getpid())
      return true;
    pid = process.parent;
  }
  return false;
}

void end_descendants(FILE *lines) {
  DIR *all = opendir("/proc");
  if (all == NULL)
    fail("/proc");
  for (struct dirent *entry = readdir(all); entry != NULL; entry = readdir(all)) {
    struct process process;
    int pid = atoi(entry->d_name);
    if (pid > 0 && descends(pid) && look(pid, &process)) {
      fprintf(lines, "%d %c %s\n", pid, process.state, process.command);
      kill(pid, SIGKILL);
    }
  }
  closedir(all);
}
