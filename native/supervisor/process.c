#include "supervisor/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The first line of a file of the process, without its end; empty if there is none. */
static void read_line(pid_t pid, const char *name, char *line, int room) {
  char path[64];
  line[0] = '\0';
  (void)snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return;
  if (fgets(line, room, file) == NULL)
    line[0] = '\0';
  line[strcspn(line, "\n")] = '\0';
  (void)fclose(file);
}

struct facts {
  char state; /* 0 if the process is gone */
  pid_t parent;
};

/* Fields of /proc/PID/stat. The second is a name in parentheses, in which any character can stand. */
static struct facts facts_of(pid_t pid) {
  char text[512];
  read_line(pid, "stat", text, sizeof text);
  const char *name_end = strrchr(text, ')');
  if (name_end == NULL || strlen(name_end) < 5)
    return (struct facts){0};
  return (struct facts){.state = name_end[2], .parent = (pid_t)strtol(name_end + 4, NULL, 10)};
}

pid_t process_parent(pid_t pid) {
  return facts_of(pid).parent;
}

bool process_is_over(pid_t pid) {
  char state = facts_of(pid).state;
  return state == 0 || state == 'Z' || state == 'X';
}

bool process_is_supervisor(pid_t pid) {
  char name[32];
  read_line(pid, "comm", name, sizeof name);
  return strcmp(name, SUPERVISOR_NAME) == 0;
}

/* The nearest ancestor outside of the group decides: a shell with job control, or none. */
bool process_can_stop(pid_t pid) {
  pid_t group = getpgid(pid);
  pid_t above = pid;
  while (above > 0 && getpgid(above) == group)
    above = process_parent(above);
  return above > 0 && getsid(above) == getsid(pid);
}

bool process_proc_is_ours(void) {
  char target[32];
  char self[32];
  ssize_t length = readlink("/proc/self", target, sizeof target - 1);
  if (length < 0)
    return false;
  target[length] = '\0';
  (void)snprintf(self, sizeof self, "%d", (int)getpid());
  return strcmp(target, self) == 0;
}
