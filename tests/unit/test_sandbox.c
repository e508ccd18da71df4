/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process in the sandbox still can, and what not: each tried by a child of its own. */
#include "modem/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#define OTHER_FD 40

static int master, core, pair[2];
static char device[64], folder[] = "sandbox.XXXXXX", file[64], new_file[64], link_path[64], gone[64];

/* --- what a child does: 0 it is as it should be --- */

typedef int (*attempt_fn)(void);

/* 0: it was refused. */
static int
refused(long result)
{
	if (result < 0 && (errno == EPERM || errno == EACCES))
		return 0;
	fprintf(stderr, "result %ld, %s\n", result, strerror(errno));
	return 1;
}

static int
enter(const char *path)
{
	return sandbox_enter(&(struct sandbox_conf) { .device = path, .socket = core });
}

static int
talk_to(const char *path)
{
	struct termios settings;
	char answer[3] = "";
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);

	if (fd < 0 || tcgetattr(fd, &settings) != 0)
		return 1;
	cfmakeraw(&settings);
	if (tcsetattr(fd, TCSANOW, &settings) != 0 || ioctl(fd, TIOCEXCL) != 0 || ioctl(fd, TIOCNXCL) != 0)
		return 2;
	if (write(fd, "AT", 2) != 2 || read(fd, answer, 2) != -1 || errno != EAGAIN)
		return 3;
	close(fd);
	return 0;
}

static int
use_device(void)
{
	int result = talk_to(device);

	return result ? result : talk_to(device);
}

static int
use_socket(void)
{
	char said[4] = "";

	return send(core, "abc", 3, MSG_NOSIGNAL) == 3 && recv(core, said, sizeof said, MSG_TRUNC) == 2 ? 0 : 1;
}

static int
count_descriptors(void)
{
	int open = 0;

	for (int fd = 0; fd < 1024; fd++)
		open += fcntl(fd, F_GETFD) >= 0;
	return open == 4 && fcntl(core, F_GETFD) >= 0 && fcntl(OTHER_FD, F_GETFD) < 0 ? 0 : 1;
}

static int
look_at_limits(void)
{
	struct rlimit cores, processes, files;

	return getrlimit(RLIMIT_CORE, &cores) == 0 && getrlimit(RLIMIT_NPROC, &processes) == 0 &&
	       getrlimit(RLIMIT_NOFILE, &files) == 0 && cores.rlim_max == 0 && processes.rlim_max == 0 &&
	       files.rlim_max <= 32 ? 0 : 1;
}

static int
raise_limits(void)
{
	const struct rlimit some = { 8, 8 };

	return refused(setrlimit(RLIMIT_NOFILE, &some));
}

static int read_passwd(void) { return refused(open("/etc/passwd", O_RDONLY)); }
static int read_file(void) { return refused(open(file, O_RDONLY)); }
static int write_file(void) { return refused(open(file, O_WRONLY)); }
static int truncate_file(void) { return refused(truncate(file, 0)); }
static int create_file(void) { return refused(open(new_file, O_WRONLY | O_CREAT, 0600)); }
static int create_nameless(void) { return refused(open(folder, O_WRONLY | O_TMPFILE, 0600)); }
static int read_folder(void) { return refused(open(folder, O_RDONLY | O_DIRECTORY)); }
static int remove_file(void) { return refused(unlink(file)); }
static int move_file(void) { return refused(rename(file, new_file)); }
static int open_other_tty(void) { return refused(open("/dev/ptmx", O_RDWR | O_NOCTTY)); }
static int fork_one(void) { return refused(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }
static int signal_parent(void) { return refused(kill(getppid(), 0)); }
static int signal_all(void) { return refused(kill(-1, 0)); }
static int be_dumped(void) { return refused(prctl(PR_SET_DUMPABLE, 1)); }
static int stay(void) { return refused(prctl(PR_SET_PDEATHSIG, 0)); }
static int type_words(void) { return refused(ioctl(open(device, O_RDWR | O_NOCTTY), TIOCSTI, "x")); }

static int
run_memory(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return page == MAP_FAILED || refused(mprotect(page, 4096, PROT_READ | PROT_EXEC)) ||
	       mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static int
send_elsewhere(void)
{
	static const char address[16] = { 1 };

	return refused(sendto(core, "x", 1, 0, (const void *)address, sizeof address));
}

/* These end it. */
static int open_inet(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static int open_unix(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }
static int open_packet(void) { return socket(AF_PACKET, SOCK_RAW, 0); }
static int open_pair(void) { return socketpair(AF_UNIX, SOCK_STREAM, 0, pair); }
static int run_shell(void) { return execl("/bin/sh", "sh", "-c", "exit 0", (char *)NULL); }
static int trace_parent(void) { return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL); }
static int mount_one(void) { return mount("none", folder, "tmpfs", 0, NULL); }
static int load_bpf(void) { return (int)syscall(SYS_bpf, 0, NULL, 0); }

static int
read_parent(void)
{
	char byte;
	const struct iovec here = { &byte, 1 }, there = { folder, 1 };

	return (int)process_vm_readv(getppid(), &here, 1, &there, 1, 0);
}

static int
die_as_usual(void)
{
	abort();
}

/* --- the parent --- */

/* The wait status of a child that did it inside. */
static int
in_sandbox(attempt_fn attempt, const char *path)
{
	int status = -1;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		int error = enter(path);

		if (error)
			fprintf(stderr, "sandbox_enter: %s\n", strerror(-error));
		_exit(error ? 99 : attempt());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void
expect_done(attempt_fn attempt, const char *path)
{
	int status = in_sandbox(attempt, path);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
expect_signal(attempt_fn attempt, int number)
{
	int status = in_sandbox(attempt, device);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), number);
}

static bool
has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static void
test_device_stays(void **state)
{
	(void)state;
	expect_done(use_device, device);
	expect_done(use_device, link_path);
}

static void
test_socket_stays(void **state)
{
	char said[4] = "";

	(void)state;
	assert_int_equal(send(pair[1], "OK", 2, 0), 2);
	expect_done(use_socket, device);
	assert_int_equal(recv(pair[1], said, sizeof said, MSG_DONTWAIT), 3);
}

static void
test_nothing_else_is_open(void **state)
{
	(void)state;
	assert_int_equal(dup2(master, OTHER_FD), OTHER_FD);
	expect_done(count_descriptors, device);
	close(OTHER_FD);
}

static void
test_limits(void **state)
{
	(void)state;
	expect_done(look_at_limits, device);
	expect_done(raise_limits, device);
}

static void
test_files(void **state)
{
	static const attempt_fn attempts[] = { read_passwd, read_file, write_file, read_folder, open_other_tty };

	(void)state;
	if (!has_landlock()) {
		print_message("this kernel has no Landlock\n");
		skip();
	}
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
		expect_done(attempts[i], device);
	/* What is configured as the modem's terminal and is none is a file like others. */
	expect_done(read_file, file);
	expect_done(write_file, file);
}

/* By seccomp alone, too. */
static void
test_changes_of_files(void **state)
{
	static const attempt_fn attempts[] = { create_file, create_nameless, truncate_file, remove_file, move_file };

	(void)state;
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
		expect_done(attempts[i], device);
	assert_int_equal(access(file, F_OK), 0);
	assert_int_equal(access(new_file, F_OK), -1);
}

static int
open_gone(void)
{
	return open(gone, O_RDWR) == -1 && errno == ENOENT ? 0 : 1;
}

static void
test_device_that_is_not_there(void **state)
{
	(void)state;
	expect_done(open_gone, gone);
}

static void
test_refused_calls(void **state)
{
	static const attempt_fn attempts[] = {
		fork_one, signal_parent, signal_all, be_dumped, stay, type_words, run_memory, send_elsewhere,
	};

	(void)state;
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
		expect_done(attempts[i], device);
}

static void
test_deadly_calls(void **state)
{
	static const attempt_fn attempts[] = {
		open_inet, open_unix, open_packet, open_pair, run_shell, trace_parent, mount_one, load_bpf, read_parent,
	};

	(void)state;
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
		expect_signal(attempts[i], SIGSYS);
}

static void
test_abort_is_still_one(void **state)
{
	(void)state;
	expect_signal(die_as_usual, SIGABRT);
}

static int
set_up(void **state)
{
	int fd;

	(void)state;
	master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 || mkdtemp(folder) == NULL ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) != 0)
		return -1;
	core = pair[0];
	snprintf(device, sizeof device, "%s", ptsname(master));
	snprintf(file, sizeof file, "%s/file", folder);
	snprintf(new_file, sizeof new_file, "%s/new", folder);
	snprintf(link_path, sizeof link_path, "%s/modem", folder);
	snprintf(gone, sizeof gone, "%s/gone", folder);
	fd = open(file, O_CREAT | O_WRONLY, 0600);
	return fd >= 0 && close(fd) == 0 && symlink(device, link_path) == 0 ? 0 : -1;
}

static int
clear_up(void **state)
{
	(void)state;
	unlink(file);
	unlink(link_path);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_device_stays),
		cmocka_unit_test(test_socket_stays),
		cmocka_unit_test(test_nothing_else_is_open),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_changes_of_files),
		cmocka_unit_test(test_device_that_is_not_there),
		cmocka_unit_test(test_refused_calls),
		cmocka_unit_test(test_deadly_calls),
		cmocka_unit_test(test_abort_is_still_one),
	};

	return cmocka_run_group_tests(tests, set_up, clear_up);
}
