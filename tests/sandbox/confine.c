/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confine CALLS UNIT PROGRAM...   becomes the program, kept as systemd would by the file UNIT, as far as one process without
 * privileges can be: system calls (CALLS lists the allowed ones, one a line), limits, umask, no new privileges, and where
 * the kernel lets everybody have namespaces a file system that is read-only but for the current folder, and no network.
 *
 * Every directive of [Service] must be known here: one that is new in a unit is not left out in silence. */
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <fcntl.h>
#include <unistd.h>

#define EVERY SCMP_ACT_ALLOW
#define REFUSED SCMP_ACT_ERRNO(EPERM)
#define NAMESPACES (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

static const char *calls;

static _Noreturn void
die(const char *what, int error)
{
	fprintf(stderr, "confine: %s: %s\n", what, strerror(error));
	exit(125);
}

static void
must(const char *what, int result)
{
	if (result < 0)
		die(what, -result);
}

/* --- filters: one each, as systemd does it; the strictest of them decides --- */

static scmp_filter_ctx
begin(uint32_t otherwise)
{
	scmp_filter_ctx filter = seccomp_init(otherwise);

	if (filter == NULL)
		die("filter", ENOMEM);
	return filter;
}

static void
load(const char *what, scmp_filter_ctx filter)
{
	must(what, seccomp_load(filter));
	seccomp_release(filter);
}

/* A call that this machine does not have needs no rule. */
static void
refuse(scmp_filter_ctx filter, uint32_t action, const char *name, struct scmp_arg_cmp argument)
{
	int call = seccomp_syscall_resolve_name(name);

	if (call != __NR_SCMP_ERROR && call >= 0)
		must(name, seccomp_rule_add_array(filter, action, call, 1, &argument));
}

static void
only_calls(const char *value)
{
	scmp_filter_ctx filter = begin(REFUSED);
	FILE *file = fopen(calls, "r");
	char name[64];

	(void)value;
	if (file == NULL)
		die(calls, errno);
	while (fscanf(file, "%63s", name) == 1) {
		int call = seccomp_syscall_resolve_name(name);

		if (call != __NR_SCMP_ERROR)
			must(name, seccomp_rule_add(filter, EVERY, call, 0));
	}
	fclose(file);
	load("SystemCallFilter", filter);
}

static void
no_executable_memory(const char *value)
{
	const uint64_t both = PROT_WRITE | PROT_EXEC;
	scmp_filter_ctx filter = begin(EVERY);

	(void)value;
	refuse(filter, REFUSED, "mmap", SCMP_A2(SCMP_CMP_MASKED_EQ, both, both));
	refuse(filter, REFUSED, "mprotect", SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	refuse(filter, REFUSED, "pkey_mprotect", SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	refuse(filter, REFUSED, "shmat", SCMP_A2(SCMP_CMP_MASKED_EQ, SHM_EXEC, SHM_EXEC));
	load("MemoryDenyWriteExecute", filter);
}

static void
no_realtime(const char *value)
{
	scmp_filter_ctx filter = begin(EVERY);

	(void)value;
	refuse(filter, REFUSED, "sched_setscheduler", SCMP_A1(SCMP_CMP_EQ, SCHED_FIFO, 0));
	refuse(filter, REFUSED, "sched_setscheduler", SCMP_A1(SCMP_CMP_EQ, SCHED_RR, 0));
	refuse(filter, REFUSED, "sched_setscheduler", SCMP_A1(SCMP_CMP_GT, SCHED_RR, 0));
	load("RestrictRealtime", filter);
}

static void
no_suid_sgid(const char *value)
{
	static const struct { const char *name; unsigned argument; } modes[] = {
		{ "chmod", 1 }, { "fchmod", 1 }, { "fchmodat", 2 }, { "mkdir", 1 }, { "mkdirat", 2 }, { "mknod", 1 },
		{ "mknodat", 2 }, { "creat", 1 }, { "open", 2 }, { "openat", 3 },
	};
	scmp_filter_ctx filter = begin(EVERY);

	(void)value;
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		refuse(filter, REFUSED, modes[i].name, SCMP_CMP(modes[i].argument, SCMP_CMP_MASKED_EQ, S_ISUID, S_ISUID));
		refuse(filter, REFUSED, modes[i].name, SCMP_CMP(modes[i].argument, SCMP_CMP_MASKED_EQ, S_ISGID, S_ISGID));
	}
	load("RestrictSUIDSGID", filter);
}

static void
no_namespaces(const char *value)
{
	scmp_filter_ctx filter = begin(EVERY);

	(void)value;
	for (uint64_t bit = 1; bit <= NAMESPACES; bit <<= 1)
		if (NAMESPACES & bit) {
			refuse(filter, REFUSED, "unshare", SCMP_A0(SCMP_CMP_MASKED_EQ, bit, bit));
			refuse(filter, REFUSED, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, bit, bit));
			refuse(filter, REFUSED, "setns", SCMP_A1(SCMP_CMP_MASKED_EQ, bit, bit));
		}
	refuse(filter, REFUSED, "setns", SCMP_A1(SCMP_CMP_EQ, 0, 0));
	must("clone3", seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0));
	load("RestrictNamespaces", filter);
}

static void
same_personality(const char *value)
{
	scmp_filter_ctx filter = begin(EVERY);

	(void)value;
	refuse(filter, REFUSED, "personality", SCMP_A0(SCMP_CMP_NE, 0, 0));
	load("LockPersonality", filter);
}

static void
only_local_sockets(const char *value)
{
	scmp_filter_ctx filter = begin(EVERY);

	if (strcmp(value, "AF_UNIX") != 0)
		die("RestrictAddressFamilies: AF_UNIX is expected", EINVAL);
	refuse(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), "socket", SCMP_A0(SCMP_CMP_NE, AF_UNIX, 0));
	load("RestrictAddressFamilies", filter);
}

/* --- limits --- */

static void
limit(int resource, const char *value)
{
	char *end;
	rlim_t most = strtoul(value, &end, 10);
	struct rlimit both;

	if (*end == 'M')
		most <<= 20;
	both = (struct rlimit){ most, most };
	if (setrlimit(resource, &both) != 0)
		die(value, errno);
}

static void
few_files(const char *value)
{
	limit(RLIMIT_NOFILE, value);
}

static void
no_core(const char *value)
{
	limit(RLIMIT_CORE, value);
}

/* Of each process, not of all. */
static void
little_memory(const char *value)
{
	limit(RLIMIT_DATA, value);
}

static void
set_umask(const char *value)
{
	umask((mode_t)strtoul(value, NULL, 8));
}

static void
no_new_privileges(const char *value)
{
	(void)value;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		die("NoNewPrivileges", errno);
}

/* --- namespaces --- */

static void
write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path, errno);
	close(fd);
}

/* As ourselves: nobody else is there (PrivateUsers). */
static void
stay_who_we_are(uid_t user, gid_t group)
{
	char text[64];

	write_text("/proc/self/setgroups", "deny");
	snprintf(text, sizeof text, "%u %u 1", user, user);
	write_text("/proc/self/uid_map", text);
	snprintf(text, sizeof text, "%u %u 1", group, group);
	write_text("/proc/self/gid_map", text);
}

static void
set_read_only(const char *path, bool is, unsigned flags)
{
	struct mount_attr attributes = { .attr_set = is ? MOUNT_ATTR_RDONLY : 0, .attr_clr = is ? 0 : MOUNT_ATTR_RDONLY };

	if (syscall(SYS_mount_setattr, AT_FDCWD, path, flags, &attributes, sizeof attributes) != 0)
		die(path, errno);
}

static bool strict;             /* files are read-only */

static void
strict_files(const char *value)
{
	uid_t user = getuid();
	gid_t group = getgid();
	char *here = getcwd(NULL, 0);

	if (strcmp(value, "strict") != 0)
		die("ProtectSystem: strict is expected", EINVAL);
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) != 0) {
		fprintf(stderr, "confine: no namespaces on this machine (%s): files and network are as they are\n", strerror(errno));
		free(here);
		return;
	}
	stay_who_we_are(user, group);
	if (here == NULL || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || mount(here, here, NULL, MS_BIND, NULL) != 0)
		die("ProtectSystem", errno);
	set_read_only("/", true, AT_RECURSIVE);
	set_read_only(here, false, 0);
	if (chdir(here) != 0)
		die(here, errno);
	free(here);
	strict = true;
}

/* Those that are not there need not be: each has "-" before it in our units. */
static void
let_write(const char *value)
{
	char *paths = strdup(value), *save = NULL;

	for (char *path = strtok_r(paths, " ", &save); strict && path != NULL; path = strtok_r(NULL, " ", &save)) {
		path += *path == '-';
		if (access(path, F_OK) != 0)
			continue;
		if (mount(path, path, NULL, MS_BIND, NULL) != 0)
			die(path, errno);
		set_read_only(path, false, 0);
	}
	free(paths);
}

/* --- the unit --- */

enum order { UMASK, LIMITS, NAMESPACE, PRIVILEGES, FILTERS, CALLS_LAST, ORDERS };

/* In their order; NULL: nothing that one process could do to itself, or that the box tests could be under. */
static const struct directive {
	const char *name;
	enum order order;
	void (*obey)(const char *value);
} directives[] = {
	{ "UMask", UMASK, set_umask },
	{ "LimitNOFILE", LIMITS, few_files }, { "LimitCORE", LIMITS, no_core }, { "MemoryMax", LIMITS, little_memory },
	{ "ProtectSystem", NAMESPACE, strict_files }, { "ReadWritePaths", NAMESPACE, let_write },
	{ "NoNewPrivileges", PRIVILEGES, no_new_privileges },
	{ "MemoryDenyWriteExecute", FILTERS, no_executable_memory }, { "RestrictRealtime", FILTERS, no_realtime },
	{ "RestrictSUIDSGID", FILTERS, no_suid_sgid }, { "RestrictNamespaces", FILTERS, no_namespaces },
	{ "LockPersonality", FILTERS, same_personality }, { "RestrictAddressFamilies", FILTERS, only_local_sockets },
	{ "SystemCallFilter", CALLS_LAST, only_calls },
	/* how it is started, ended and watched */
	{ "Type", 0, NULL }, { "ExecStart", 0, NULL }, { "ExecReload", 0, NULL }, { "Restart", 0, NULL }, { "RestartSec", 0, NULL },
	{ "RestartPreventExitStatus", 0, NULL }, { "WatchdogSec", 0, NULL }, { "TimeoutStartSec", 0, NULL },
	{ "TimeoutStopSec", 0, NULL }, { "OOMScoreAdjust", 0, NULL },
	/* the test's user has neither these groups nor any capability; its folders are its own */
	{ "User", 0, NULL }, { "Group", 0, NULL }, { "SupplementaryGroups", 0, NULL }, { "CapabilityBoundingSet", 0, NULL },
	{ "AmbientCapabilities", 0, NULL }, { "StateDirectory", 0, NULL }, { "StateDirectoryMode", 0, NULL },
	{ "RuntimeDirectory", 0, NULL }, { "ConfigurationDirectory", 0, NULL },
	/* what strict_files() stands for too */
	{ "PrivateNetwork", 0, NULL }, { "PrivateMounts", 0, NULL }, { "PrivateUsers", 0, NULL }, { "IPAddressDeny", 0, NULL },
	{ "ProtectHome", 0, NULL }, { "ProtectKernelTunables", 0, NULL }, { "ProtectControlGroups", 0, NULL },
	/* calls that are not in the list anyway */
	{ "ProtectKernelModules", 0, NULL }, { "ProtectKernelLogs", 0, NULL }, { "ProtectClock", 0, NULL },
	{ "ProtectHostname", 0, NULL }, { "SystemCallArchitectures", 0, NULL }, { "SystemCallErrorNumber", 0, NULL },
	/* of cgroups, of processes and devices of others */
	{ "TasksMax", 0, NULL }, { "DevicePolicy", 0, NULL }, { "DeviceAllow", 0, NULL }, { "PrivateDevices", 0, NULL },
	{ "PrivateTmp", 0, NULL }, { "ProtectProc", 0, NULL }, { "ProcSubset", 0, NULL }, { "RemoveIPC", 0, NULL },
	{ "KeyringMode", 0, NULL },
};

#define DIRECTIVES (sizeof directives / sizeof *directives)

/* Lines of the same name are one list. */
static char *
more(char *list, const char *value)
{
	char *longer;

	if (asprintf(&longer, "%s%s%s", list ? list : "", list ? " " : "", value) < 0)
		die("unit", ENOMEM);
	free(list);
	return longer;
}

/* The values, by the number in directives; NULL: not in the unit. */
static void
read_unit(const char *unit, char *values[DIRECTIVES])
{
	FILE *file = fopen(unit, "r");
	char line[1024];
	bool service = false;

	if (file == NULL)
		die(unit, errno);
	while (fgets(line, sizeof line, file) != NULL) {
		char *value = strchr(line, '=');
		size_t i;

		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '[')
			service = strcmp(line, "[Service]") == 0;
		if (!service || line[0] == '#' || line[0] == '[' || value == NULL)
			continue;
		*value++ = '\0';
		for (i = 0; i < DIRECTIVES && strcmp(directives[i].name, line) != 0; i++)
			;
		if (i == DIRECTIVES) {
			fprintf(stderr, "confine: %s: %s is not known here: what would it do to the program?\n", unit, line);
			exit(125);
		}
		values[i] = more(values[i], value);
	}
	fclose(file);
}

int
main(int argc, char **argv)
{
	char *values[DIRECTIVES] = { NULL };

	if (argc < 4) {
		fputs("usage: confine CALLS UNIT PROGRAM...\n", stderr);
		return 125;
	}
	calls = argv[1];
	read_unit(argv[2], values);
	for (int order = 0; order < ORDERS; order++)
		for (size_t i = 0; i < DIRECTIVES; i++)
			if (values[i] != NULL && directives[i].obey != NULL && directives[i].order == (enum order)order)
				directives[i].obey(values[i]);
	execvp(argv[3], argv + 3);
	die(argv[3], errno);
}
