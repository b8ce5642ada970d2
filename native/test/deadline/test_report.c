/* The file of the last words: what it says, when, and where it can be written. */
#include "heliograph_deadline.h"
#include "heliograph_report.h"
#include "test/deadline/exit_with.h"
#include "test/support.h"
#include "test/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BEGAN_NS INT64_C(1700000000500000000) /* 2023-11-14T22:13:20.500Z */

static char folder[] = "/tmp/heliograph-report-XXXXXX";
static char path[128];
static char real[128];
static char text[HELIOGRAPH_REPORT_BYTES * 2];

static pid_t test;

static void remove_all(void) {
  if (getpid() != test) /* a child that exits */
    return;
  (void)unlink(path);
  (void)unlink(real);
  CHECK_EQ(rmdir(folder), 0);
}

static void in_a_folder(void) {
  test = getpid();
  CHECK(mkdtemp(folder) != NULL);
  CHECK_EQ(atexit(remove_all), 0);
  (void)snprintf(path, sizeof path, "%s/report", folder);
  (void)snprintf(real, sizeof real, "%s/real", folder);
}

static const char *read_file(void) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  CHECK_OK(fd);
  ssize_t length = read(fd, text, sizeof text - 1);
  CHECK_OK(length);
  text[length] = '\0';
  close(fd);
  return text;
}

static void await_in_file(const char *part) {
  while (strstr(read_file(), part) == NULL)
    ;
}

static void check_has(const char *part) {
  if (strstr(text, part) == NULL)
    test_equal_text(__FILE__, __LINE__, "the part is in the file", text, part);
}

static void check_lacks(const char *part) {
  if (strstr(text, part) != NULL)
    test_equal_text(__FILE__, __LINE__, "the part is not in the file", text, part);
}

static void set(const char *body) {
  CHECK_OK(heliograph_report_set(body, strlen(body)));
}

CASE(from_the_beginning_it_says_that_the_process_runs) {
  in_a_folder();
  CHECK_EQ(heliograph_report_open(path, 0, BEGAN_NS), 0);
  read_file();
  CHECK(strncmp(text, "Running since 2023-11-14T22:13:20.500Z. ", 40) == 0);
  check_has(", which began at 2023-11-14T22:13:20.500Z.\n");
  struct stat status;
  CHECK_EQ(stat(path, &status), 0);
  CHECK_EQ(status.st_mode & 07777, 0600);
  set("Heap: 1 of 2 MiB");
  CHECK_OK(heliograph_report_write());
  await_in_file("\nHeap: 1 of 2 MiB\nWritten at ");
}

static int64_t seconds_ago(int64_t seconds) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (now.tv_sec - seconds) * INT64_C(1000000000) + now.tv_nsec;
}

CASE(an_app_that_lives_on_after_a_signal_is_running) {
  in_a_folder();
  CHECK_OK(heliograph_report_open(path, 0, BEGAN_NS));
  CHECK_OK(heliograph_report_step(HELIOGRAPH_REPORT_ARRIVED, SIGHUP, seconds_ago(61)));
  CHECK_OK(heliograph_report_write());
  await_in_file("Running since 2023-11-14T22:13:20.500Z, though HUP arrived at ");
  CHECK_OK(heliograph_report_step(HELIOGRAPH_REPORT_ARRIVED, SIGTERM, seconds_ago(59)));
  CHECK_OK(heliograph_report_write());
  await_in_file("Ending since ");
  check_has(": TERM arrived. ");
}

static const char *body = "";
static int status_of_exit;

static void exit_in_order(void) {
  CHECK_OK(heliograph_report_open(path, 0, BEGAN_NS));
  set(body);
  exit_with(status_of_exit);
}

static void exit_after_a_signal(void) {
  CHECK_OK(heliograph_report_open(path, 0, BEGAN_NS));
  set(body);
  CHECK_OK(heliograph_report_step(HELIOGRAPH_REPORT_ARRIVED, SIGTERM, 0));
  CHECK_OK(heliograph_report_step(HELIOGRAPH_REPORT_EXIT_BEGUN, 0, 0));
  CHECK_OK(heliograph_report_step(HELIOGRAPH_REPORT_ARRIVED, SIGHUP, 0)); /* the exit has begun */
  exit_with(status_of_exit);
}

CASE(an_orderly_exit_says_its_status) {
  in_a_folder();
  status_of_exit = 3;
  body = "Heap: 1\n\vAt work: a";
  CHECK_EQ(WEXITSTATUS(status_of(start_child(exit_in_order))), 3);
  read_file();
  CHECK(strncmp(text, "Ended in order at ", 18) == 0);
  check_has(" with status 3; no signal asked for it.\nHeap: 1\nWritten at ");
}

CASE(an_orderly_exit_after_a_signal_says_what_happened) {
  in_a_folder();
  status_of_exit = 143;
  body = "Signal: TERM from a\n\f\nHeap: 1";
  CHECK_EQ(WEXITSTATUS(status_of(start_child(exit_after_a_signal))), 143);
  read_file();
  check_has(" with status 143, 0.");
  check_has(" s after TERM arrived.\nSignal: TERM from a\nWhat happened:\n  20");
  check_has("Z  TERM arrived\n  20");
  check_has("Z  the exit began, with the shutdown hooks\nHeap: 1\nWritten at ");
  check_lacks("HUP");
}

static void die_in_order(void) {
  CHECK_OK(heliograph_report_open(path, 1, BEGAN_NS));
  CHECK_OK(heliograph_die_by(SIGTERM));
  exit_with(128 + SIGTERM);
}

CASE(death_by_signal_at_the_end_of_an_exit_is_said) {
  in_a_folder();
  check_dies_by(start_child(die_in_order), SIGTERM);
  read_file();
  CHECK(strncmp(text, "{\"state\":\"ended\",\n", 18) == 0);
  check_has(" by the signal TERM; no signal asked for it.\",\n\"endedAt\":\"");
  check_has("\"diedBy\":\"TERM\"");
}

static bool by_signal;
static bool second;

static void cut_off(void) {
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_report_open(path, 1, BEGAN_NS));
  set("\v\"hooks\":[1]");
  CHECK_OK(heliograph_shutdown_open());
  struct heliograph_shutdown_terms terms = {
      .within_ns = second ? 0 : 1, .by_signal = by_signal, .status = -1};
  CHECK_OK(heliograph_shutdown_on(SIGTERM, &terms));
  CHECK_EQ(raise(SIGTERM), 0);
  for (;;)
    if (second)
      CHECK_EQ(raise(SIGTERM), 0); /* a repeat, for half a second */
    else
      pause();
}

CASE(the_deadline_is_said) {
  in_a_folder();
  CHECK_EQ(WEXITSTATUS(status_of(start_child(cut_off))), 143);
  read_file();
  CHECK(strncmp(text, "{\"state\":\"cut-off\",\n", 20) == 0);
  check_has(" s after TERM arrived: its deadline was over.\"");
  check_has("\"status\":143");
  check_has(",\n\"hooks\":[1],\n\"pid\":");
  check_has("\"step\":\"arrived\",\"signal\":\"TERM\"},{");
  check_has("\"step\":\"deadline-over\"}]");
}

CASE(a_second_request_is_said) {
  in_a_folder();
  second = true;
  by_signal = true;
  check_dies_by(start_child(cut_off), SIGTERM);
  read_file();
  check_has(" s after TERM arrived: TERM arrived as a second request.\"");
  check_has("\"diedBy\":\"TERM\"");
}

CASE(a_report_that_is_closed_says_so) {
  in_a_folder();
  int descriptors = open_descriptors();
  CHECK_OK(heliograph_report_open(path, 0, BEGAN_NS));
  CHECK_EQ(heliograph_report_close(), 0);
  CHECK_EQ(heliograph_report_close(), -EBADF);
  CHECK_EQ(heliograph_report_write(), -EBADF);
  CHECK_EQ(open_descriptors(), descriptors);
  CHECK(strncmp(read_file(), "Not watched any more since ", 27) == 0);
}

static int ready[2];

static void open_and_wait(void) {
  char byte = (char)heliograph_report_open(path, 0, BEGAN_NS);
  CHECK_EQ(write(ready[1], &byte, 1), 1);
  for (;;)
    pause();
}

CASE(another_process_that_lives_is_noticed_and_a_dead_one_is_not) {
  char byte;
  in_a_folder();
  CHECK_EQ(pipe2(ready, O_CLOEXEC), 0);
  pid_t other = start_child(open_and_wait);
  CHECK_EQ(read(ready[0], &byte, 1), 1);
  CHECK_EQ(byte, 0);
  CHECK_EQ(heliograph_report_open(path, 0, BEGAN_NS), 1);
  CHECK_EQ(kill(other, SIGKILL), 0);
  check_dies_by(other, SIGKILL);
  CHECK_EQ(heliograph_report_open(path, 0, BEGAN_NS), 0);
}

static void exit_at_once(void) {
  set("of the child");
  CHECK_EQ(heliograph_report_write(), -EBADF);
  CHECK_EQ(heliograph_report_step(HELIOGRAPH_REPORT_ARRIVED, SIGTERM, 0), -EBADF);
  exit_with(0);
}

CASE(the_child_of_a_fork_writes_nothing) {
  in_a_folder();
  CHECK_EQ(heliograph_report_open(path, 0, BEGAN_NS), 0);
  pid_t child = fork();
  if (child == 0)
    exit_at_once();
  check_exits_with_0(child);
  CHECK(strncmp(read_file(), "Running since ", 14) == 0);
}

/* It shares our memory, and has another pid. */
CASE(the_child_of_a_vfork_writes_nothing) {
  in_a_folder();
  CHECK_EQ(heliograph_report_open(path, 0, BEGAN_NS), 0);
  pid_t child = vfork(); /* NOLINT(clang-analyzer-security.insecureAPI.vfork) */
  if (child == 0)
    _exit(heliograph_report_write() == -EBADF ? 0 : 1); /* NOLINT(clang-analyzer-unix.Vfork) */
  check_exits_with_0(child);
}

static int lives_on[2];

static void open_and_leave_a_child(void) {
  CHECK_EQ(heliograph_report_open(path, 0, BEGAN_NS), 0);
  char byte = 0;
  pid_t child = fork();
  CHECK_OK(child);
  if (child == 0) {
    CHECK_EQ(write(ready[1], &byte, 1), 1);
    close(lives_on[1]);
    (void)read(lives_on[0], &byte, 1); /* until the test is over */
  }
  _exit(0);
}

CASE(the_child_of_a_fork_does_not_make_its_parent_look_alive) {
  char byte;
  in_a_folder();
  CHECK_EQ(pipe2(ready, O_CLOEXEC), 0);
  CHECK_EQ(pipe2(lives_on, O_CLOEXEC), 0);
  check_exits_with_0(start_child(open_and_leave_a_child));
  CHECK_EQ(read(ready[0], &byte, 1), 1);
  CHECK_EQ(heliograph_report_open(path, 0, BEGAN_NS), 0);
}

CASE(a_text_that_is_too_long_is_cut_between_lines) {
  static char lines[HELIOGRAPH_REPORT_BYTES];
  size_t length = 0;
  in_a_folder();
  while (length < sizeof lines - 32)
    length += (size_t)snprintf(lines + length, sizeof lines - length, "\"name%04zu\":\"value\"\n", length);
  for (int json = 0; json <= 1; json++) {
    CHECK_OK(heliograph_report_open(path, json, BEGAN_NS));
    CHECK_OK(heliograph_report_set(lines, length));
    CHECK_OK(heliograph_report_step(HELIOGRAPH_REPORT_ARRIVED, SIGTERM, 0));
    CHECK_OK(heliograph_report_write());
    await_in_file("name0000");
    CHECK(strlen(text) <= HELIOGRAPH_REPORT_BYTES);
    CHECK(strlen(text) > HELIOGRAPH_REPORT_BYTES - 256);
    check_has(json ? ":\"value\",\n\"cut\":true,\n\"pid\":"
                   : "\"value\"\n(There was no room for more.)\nWritten at ");
    CHECK_TEXT(text + strlen(text) - 2, json ? "}\n" : ".\n");
  }
  CHECK_EQ(heliograph_report_set(lines, sizeof lines + 1), -EINVAL);
}

CASE(a_symbolic_link_stays_one) {
  struct stat status;
  in_a_folder();
  CHECK_EQ(close(open(real, O_WRONLY | O_CREAT | O_CLOEXEC, 0640)), 0);
  CHECK_EQ(chmod(real, 0640), 0);
  CHECK_EQ(symlink(real, path), 0);
  CHECK_OK(heliograph_report_open(path, 0, BEGAN_NS));
  CHECK_EQ(lstat(path, &status), 0);
  CHECK(S_ISLNK(status.st_mode));
  CHECK_EQ(stat(path, &status), 0);
  CHECK_EQ(status.st_mode & 07777, 0640); /* who could read it can do so still */
  CHECK(strncmp(read_file(), "Running since ", 14) == 0);
}

CASE(what_cannot_be_written_is_refused) {
  in_a_folder();
  CHECK_EQ(heliograph_report_open(folder, 0, BEGAN_NS), -EISDIR);
  CHECK_EQ(mkfifo(path, 0600), 0);
  CHECK_EQ(heliograph_report_open(path, 0, BEGAN_NS), -ENXIO); /* it has no reader */
  CHECK_EQ(heliograph_report_open("/no/such/folder/report", 0, BEGAN_NS), -ENOENT);
  CHECK_EQ(heliograph_report_open("", 0, BEGAN_NS), -ENOENT);
  CHECK_EQ(heliograph_report_open("/dev/null", 0, BEGAN_NS), 0);
  CHECK_EQ(heliograph_report_close(), 0);
  CHECK_EQ(heliograph_report_open("/dev/full", 0, BEGAN_NS), -ENOSPC);
}

#define USER 54321 /* root may write anywhere */

static void write_in_place(void) {
  struct stat before;
  struct stat after;
  CHECK_EQ(stat(path, &before), 0);
  if (geteuid() == 0)
    CHECK_EQ(setuid(USER), 0);
  CHECK_OK(heliograph_report_open(path, 0, BEGAN_NS));
  CHECK_EQ(stat(path, &after), 0);
  CHECK_EQ(after.st_ino, before.st_ino);
  set("a long line, which is then replaced by a short one: ------------------------");
  CHECK_OK(heliograph_report_write());
  await_in_file("---\nWritten at ");
  set("short");
  CHECK_OK(heliograph_report_write());
  do
    await_in_file("\nshort\nWritten at ");
  while (strstr(text, "--") != NULL ||
         strcmp(text + strlen(text) - 3, "Z.\n") != 0); /* a read beside the write */
  _exit(0);
}

CASE(in_a_folder_without_permission_it_is_written_in_place) {
  in_a_folder();
  CHECK_EQ(close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600)), 0);
  if (geteuid() == 0)
    CHECK_EQ(chown(path, USER, USER), 0);
  CHECK_EQ(chmod(folder, 0555), 0);
  check_exits_with_0(start_child(write_in_place));
  CHECK_EQ(chmod(folder, 0755), 0);
}

/* proc(5): the inode is the last part of the third number. A try to lock it would be in the way of the lock
 * itself. */
static bool is_locked(void) {
  struct stat status;
  char inode[32];
  char line[256];
  bool is_there = false;
  FILE *locks = fopen("/proc/locks", "re");
  CHECK(locks != NULL);
  CHECK_EQ(stat(path, &status), 0);
  snprintf(inode, sizeof inode, ":%ju ", (uintmax_t)status.st_ino);
  while (fgets(line, sizeof line, locks) != NULL)
    is_there = is_there || strstr(line, inode) != NULL;
  fclose(locks);
  return is_there;
}

static pid_t writer(void) {
  pid_t writer = 0;
  DIR *directory = opendir("/proc/self/task");
  CHECK(directory != NULL);
  for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    char comm[300];
    char name[32] = "";
    snprintf(comm, sizeof comm, "/proc/self/task/%s/comm", entry->d_name);
    FILE *file = fopen(comm, "re");
    if (file != NULL && fgets(name, sizeof name, file) != NULL && strcmp(name, "heliograph-file\n") == 0)
      writer = (pid_t)strtol(entry->d_name, NULL, 10);
    if (file != NULL)
      fclose(file);
  }
  closedir(directory);
  return writer;
}

static void keep_in_place(void) {
  char mark[32];
  if (geteuid() == 0)
    CHECK_EQ(setuid(USER), 0);
  CHECK_OK(heliograph_report_open(path, 0, BEGAN_NS));
  for (int i = 0; i < 5; i++) {
    snprintf(mark, sizeof mark, "round %d", i);
    set(mark);
    CHECK_OK(heliograph_report_write());
    await_in_file(mark);
    while (writer() == 0 || !is_asleep(writer())) /* it locks the file just after the write */
      ;
    CHECK(is_locked());
  }
  _exit(0);
}

CASE(what_is_written_in_place_stays_locked) {
  in_a_folder();
  CHECK_EQ(close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600)), 0);
  if (geteuid() == 0)
    CHECK_EQ(chown(path, USER, USER), 0);
  CHECK_EQ(chmod(folder, 0555), 0);
  check_exits_with_0(start_child(keep_in_place));
  CHECK_EQ(chmod(folder, 0755), 0);
}
