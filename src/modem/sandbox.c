/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sandbox: descriptors, limits, Landlock, seccomp, in this order: each step needs what the later ones forbid. */
#include "modem/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <locale.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

#define FILES_MOST 16           /* descriptors: five are in use */

static bool entered;

/* --- what was read before --- */

/* Looks for leaks at the end by ptrace from a clone: not in there. The name is AddressSanitizer's. */
int __lsan_is_turned_off(void);
int
__lsan_is_turned_off(void)
{
	return entered;
}

/* AddressSanitizer's too: it reads /proc/self/maps now, and not when it has a fault to tell. */
__attribute__((weak)) void __sanitizer_sandbox_on_notify(void *arguments);

/* Files that the C library reads when first asked, and then never again. */
static void
warm_up(void)
{
	char *arguments[4] = { NULL };

	tzset();
	setlocale(LC_ALL, "");
	if (__sanitizer_sandbox_on_notify)
		__sanitizer_sandbox_on_notify(arguments);
}

/* --- descriptors --- */

/* The first three are never free: a terminal opened later would become somebody's standard output. */
static int
close_others(int kept)
{
	int null = open("/dev/null", O_RDWR);
	int spare = null >= 0 ? null : STDERR_FILENO;   /* a root without /dev */

	if (fcntl(STDERR_FILENO, F_GETFD) < 0 && dup2(null, STDERR_FILENO) < 0)
		return -errno;
	if (dup2(spare, STDIN_FILENO) < 0 || dup2(spare, STDOUT_FILENO) < 0)
		return -errno;
	if (kept > STDERR_FILENO + 1 && close_range(STDERR_FILENO + 1, (unsigned)kept - 1, 0) != 0)
		return -errno;
	return close_range((unsigned)kept + 1, ~0U, 0) == 0 ? 0 : -errno;
}

/* --- limits --- */

static int
limit(int resource, rlim_t most)
{
	const struct rlimit value = { most, most };

	return setrlimit(resource, &value) == 0 ? 0 : -errno;
}

static int
set_limits(void)
{
	struct stat log;
	int error = limit(RLIMIT_CORE, 0);

	if (error == 0)
		error = limit(RLIMIT_NPROC, 0);
	if (error == 0)
		error = limit(RLIMIT_NOFILE, FILES_MOST);
	/* A log that is a plain file must be able to grow. */
	if (error == 0 && fstat(STDERR_FILENO, &log) == 0 && !S_ISREG(log.st_mode))
		error = limit(RLIMIT_FSIZE, 0);
	return error;
}

/* --- Landlock: Debian 12's headers know its second version, the kernel maybe more --- */

#define FS_V1 ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)
#define NET_ALL (1ULL << 0 | 1ULL << 1)         /* bind and connect, TCP */
#define SCOPE_ALL (1ULL << 0 | 1ULL << 1)       /* abstract unix sockets, signals */

struct ruleset {
	uint64_t fs, net, scoped;
};

/* All that this kernel can forbid; the size of what it knows of the struct. */
static size_t
all_of(long version, struct ruleset *rules)
{
	*rules = (struct ruleset) { .fs = FS_V1 };
	if (version >= 2)
		rules->fs |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		rules->fs |= FS_TRUNCATE;
	if (version >= 5)
		rules->fs |= FS_IOCTL_DEV;
	if (version >= 4)
		rules->net = NET_ALL;
	if (version >= 6)
		rules->scoped = SCOPE_ALL;
	return version >= 6 ? sizeof *rules : version >= 4 ? 2 * sizeof rules->fs : sizeof rules->fs;
}

/* What is no terminal, or not there, is not allowed. */
static int
allow_device(int ruleset, const char *device, uint64_t handled)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = handled & (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_IOCTL_DEV),
		.parent_fd = open(device, O_PATH | O_CLOEXEC),
	};
	struct stat found;
	int error = 0;

	if (rule.parent_fd < 0)
		return 0;
	if (fstat(rule.parent_fd, &found) == 0 && S_ISCHR(found.st_mode) &&
	    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
		error = -errno;
	close(rule.parent_fd);
	return error;
}

static int
lock_files(const char *device)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset rules;
	int ruleset, error;

	if (version < 0) {
		log_warn("this kernel has no Landlock (%s): the modem's process is not kept from files",
		         strerror(errno));
		return 0;
	}
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, all_of(version, &rules), 0);
	if (ruleset < 0)
		return -errno;
	error = allow_device(ruleset, device, rules.fs);
	if (error == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		error = -errno;
	close(ruleset);
	return error;
}

/* --- seccomp: what libGammu, our own code, the C library and the sanitizers were seen to call --- */

static const int allowed[] = {
	/* the socket, the terminal, the log */
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(recvfrom),
	SCMP_SYS(recv), SCMP_SYS(send), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ppoll_time64), SCMP_SYS(select),
	SCMP_SYS(_newselect), SCMP_SYS(pselect6), SCMP_SYS(pselect6_time64), SCMP_SYS(fcntl), SCMP_SYS(fcntl64),
	SCMP_SYS(flock), SCMP_SYS(lseek), SCMP_SYS(_llseek),
	/* is it there, is it still the same */
	SCMP_SYS(stat), SCMP_SYS(stat64), SCMP_SYS(fstat), SCMP_SYS(fstat64), SCMP_SYS(newfstatat),
	SCMP_SYS(fstatat64), SCMP_SYS(statx),
	/* time */
	SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(clock_nanosleep_time64), SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_gettime64), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(restart_syscall),
	/* memory */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(futex_time64),
	/* itself */
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(uname), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getrandom),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigreturn),
	SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* Nobody's mistake: tried by an intruder alone. Everything else that is not allowed just fails. */
static const int deadly[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_getfd), SCMP_SYS(kcmp), SCMP_SYS(socket), SCMP_SYS(socketpair),
	SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
	SCMP_SYS(socketcall), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup), SCMP_SYS(mount), SCMP_SYS(umount), SCMP_SYS(umount2), SCMP_SYS(move_mount),
	SCMP_SYS(open_tree), SCMP_SYS(fsopen), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(unshare),
	SCMP_SYS(setns), SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(init_module),
	SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load),
	SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(iopl), SCMP_SYS(ioperm),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(personality), SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setresuid),
	SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime),
};

/* Of a terminal; not those that put words into its input. */
static const unsigned long terminal[] = {
	TCGETS, TCSETS, TCSETSW, TCSETSF, TCFLSH, TCSBRK, TCSBRKP, TCXONC, TIOCEXCL, TIOCNXCL, TIOCMGET, TIOCMSET,
	TIOCMBIS, TIOCMBIC, TIOCOUTQ, FIONREAD,
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int
add_all(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
	int error = 0;

	for (size_t i = 0; i < count && error == 0; i++)
		error = seccomp_rule_add(filter, action, calls[i], 0);
	return error;
}

/* Allowed with these arguments only. */
static int
add_some(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp no_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	const struct scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0);
	int error = 0;

	for (size_t i = 0; i < COUNT(terminal) && error == 0; i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
		                         SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, (uint32_t)terminal[i]));
	const struct { int call; unsigned count; struct scmp_arg_cmp arguments[2]; } some[] = {
		{ SCMP_SYS(mmap), 1, { no_exec } },
		{ SCMP_SYS(mmap2), 1, { no_exec } },
		{ SCMP_SYS(mprotect), 1, { no_exec } },
		{ SCMP_SYS(open), 1, { SCMP_A1(SCMP_CMP_MASKED_EQ, O_CREAT, 0) } },
		{ SCMP_SYS(openat), 1, { SCMP_A2(SCMP_CMP_MASKED_EQ, O_CREAT, 0) } },
		{ SCMP_SYS(sendto), 1, { SCMP_A4(SCMP_CMP_EQ, 0, 0) } },          /* no address */
		{ SCMP_SYS(tgkill), 1, { self } },                             /* abort() */
		{ SCMP_SYS(prlimit64), 2, { SCMP_A0(SCMP_CMP_EQ, 0, 0), SCMP_A2(SCMP_CMP_EQ, 0, 0) } },     /* read */
	};
	for (size_t i = 0; i < COUNT(some) && error == 0; i++)
		error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, some[i].call, some[i].count, some[i].arguments);
	return error;
}

static int
lock_calls(void)
{
	scmp_filter_ctx filter;
	int error;

	if (prctl(PR_GET_SECCOMP) < 0) {
		log_warn("this kernel has no seccomp: the modem's process is not kept from system calls");
		return 0;
	}
	filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (filter == NULL)
		return -ENOMEM;
	error = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	if (error == 0)
		error = add_all(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
	if (error == 0)
		error = add_all(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly));
	if (error == 0)
		error = add_some(filter);
	if (error == 0)
		error = seccomp_load(filter);
	seccomp_release(filter);
	return error;
}

int
sandbox_enter(const struct sandbox_conf *conf)
{
	int error;

	warm_up();
	error = close_others(conf->socket);
	if (error == 0)
		error = set_limits();
	if (error == 0 && (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0))
		error = -errno;
	if (error == 0)
		error = lock_files(conf->device);
	if (error == 0)
		error = lock_calls();
	entered = error == 0;
	return error;
}
