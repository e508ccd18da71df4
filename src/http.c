/* SPDX-License-Identifier: GPL-3.0-or-later */
/* http: kentongan-http, the process between operators' USSD gateways and the core. No database, no device, no
 * grammar: what it cannot do it cannot be made to do. */
#include <arpa/inet.h>
#include <errno.h>
#include <event2/event.h>
#include <getopt.h>
#include <jansson.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/dump.h"
#include "base/log.h"
#include "base/phone.h"
#include "base/xmalloc.h"
#include "config.h"
#include "http/front.h"

#define LISTEN "127.0.0.1:8081"
#define MENU_SOCKET "/run/kentongan-http/menu"
#define SECRET_FILE "/etc/kentongan/http.secret"
#define SECRET_MOST 1024
#define WAITING 128             /* connections that the kernel holds for us */
#define INHERITED 3             /* the first descriptor of socket activation, sd_listen_fds(3) */

struct options {
	const char *listen, *socket, *secret_file;
	enum guard_mode mode;
};

/* --- where to listen --- */

static bool
is_inherited(void)
{
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");

	return pid != NULL && count != NULL && strtol(pid, NULL, 10) == getpid() && strcmp(count, "1") == 0;
}

/* "127.0.0.1:8081" or "[::1]:8081". */
static bool
read_address(const char *text, struct sockaddr_storage *address, socklen_t *length)
{
	struct sockaddr_in *four = (struct sockaddr_in *)address;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)address;
	const char *colon = strrchr(text, ':');
	char host[64];
	long port;
	char *end;

	if (colon == NULL || (size_t)(colon - text) >= sizeof host)
		return false;
	snprintf(host, sizeof host, "%.*s", (int)(colon - text - (text[0] == '[' ? 2 : 0)), text + (text[0] == '['));
	port = strtol(colon + 1, &end, 10);
	if (*end != '\0' || port < 0 || port > 65535)
		return false;
	memset(address, 0, sizeof *address);
	if (text[0] == '[') {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons((uint16_t)port);
		*length = sizeof *six;
		return colon[-1] == ']' && inet_pton(AF_INET6, host, &six->sin6_addr) == 1;
	}
	four->sin_family = AF_INET;
	four->sin_port = htons((uint16_t)port);
	*length = sizeof *four;
	return inet_pton(AF_INET, host, &four->sin_addr) == 1;
}

/* With the port that the kernel chose, if it was to. */
static void
say_where(int fd, const char *text)
{
	struct sockaddr_storage address = { 0 };
	socklen_t length = sizeof address;
	char host[64], port[16];

	if (getsockname(fd, (struct sockaddr *)&address, &length) == 0 &&
	    getnameinfo((const struct sockaddr *)&address, length, host, sizeof host, port, sizeof port,
			NI_NUMERICHOST | NI_NUMERICSERV) == 0)
		log_info("listening at %s:%s", host, port);
	else
		log_info("listening at %s", text);
}

/* A listening socket, or -1 and said why. */
static int
open_listening(const char *text)
{
	struct sockaddr_storage address;
	socklen_t length;
	int fd, yes = 1;

	/* systemd hands it over as one that waits in accept(2), unless NonBlocking= says otherwise. */
	if (is_inherited() && evutil_make_socket_nonblocking(INHERITED) == 0 &&
	    evutil_make_socket_closeonexec(INHERITED) == 0)
		return INHERITED;
	if (!read_address(text, &address, &length)) {
		log_error("-l %s: no address, expected one like 127.0.0.1:8081 or [::1]:8081", text);
		return -1;
	}
	fd = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
	    bind(fd, (const struct sockaddr *)&address, length) == 0 && listen(fd, WAITING) == 0)
		return fd;
	log_error("%s: cannot be listened to: %s", text, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

/* --- the secret --- */

/* NULL: said why. */
static char *
read_secret(const char *path)
{
	char text[SECRET_MOST + 1], *secret = NULL;
	struct stat about;
	FILE *file = fopen(path, "re");
	size_t length;

	if (file == NULL || fstat(fileno(file), &about) != 0) {
		log_error("%s: cannot be read: %s, expected a file with the secret", path, strerror(errno));
		if (file != NULL)
			fclose(file);
		return NULL;
	}
	length = fread(text, 1, SECRET_MOST, file);
	fclose(file);
	text[length] = '\0';
	text[strcspn(text, "\r\n")] = '\0';
	if (about.st_mode & (S_IROTH | S_IWOTH))
		log_error("%s: everybody may read or write it, expected mode 0640 or less", path);
	else if (strlen(text) < GUARD_SECRET_LEAST)
		log_error("%s: its first line is too short, expected %d characters or more that nobody can guess", path,
			  GUARD_SECRET_LEAST);
	else
		secret = xstrdup(text);
	sodium_memzero(text, sizeof text);
	return secret;
}

/* --- life --- */

static void
on_signal(evutil_socket_t number, short what, void *arg)
{
	(void)number;
	(void)what;
	event_base_loopbreak(arg);
}

static int
serve(int listening, const struct options *options, const char *secret)
{
	struct event_base *base = event_base_new();
	struct event *terminate = evsignal_new(base, SIGTERM, on_signal, base);
	struct event *interrupt = evsignal_new(base, SIGINT, on_signal, base);
	struct guard *guard = guard_new(options->mode, secret, clock_wall());
	struct link *link = link_new(base, options->socket);
	struct front *front = front_new(base, listening, guard, link);

	if (front != NULL) {
		event_add(terminate, NULL);
		event_add(interrupt, NULL);
		say_where(listening, options->listen);
		event_base_dispatch(base);
		log_info("stopped");
	}
	/* Questions still open are answered first: their requests belong to the front. */
	link_free(link);
	front_free(front);
	guard_free(guard);
	event_free(terminate);
	event_free(interrupt);
	event_base_free(base);
	return front != NULL ? EXIT_DONE : EXIT_FAILED;
}

/* Nothing is opened any more but sockets. */
static void
close_up(void)
{
	unsigned char key[16];

	randombytes_buf(key, sizeof key);
	phone_mask_key(key);
	signal(SIGPIPE, SIG_IGN);
}

static int
run(const struct options *options)
{
	char *secret = read_secret(options->secret_file);
	int listening, status;

	if (secret == NULL)
		return EXIT_CONFIG;
	listening = open_listening(options->listen);
	if (listening >= 0)
		close_up();
	status = listening >= 0 ? serve(listening, options, secret) : EXIT_FAILED;
	sodium_memzero(secret, strlen(secret));
	free(secret);
	return status;
}

static void
usage(FILE *out)
{
	fputs("usage: kentongan-http [-l ADDRESS] [-m MODE] [-k FILE] [-s SOCKET]\n"
	      "  -l ADDRESS  where to listen (" LISTEN "), unless systemd gave a socket\n"
	      "  -m MODE     how a gateway shows that it is the one: hmac (the default), key or fixed\n"
	      "  -k FILE     with the secret (" SECRET_FILE ")\n"
	      "  -s SOCKET   the core's menu socket (" MENU_SOCKET ")\n"
	      "  -V, -h      version, this text\n", out);
}

int
main(int argc, char **argv)
{
	struct options options = { .listen = LISTEN, .socket = MENU_SOCKET, .secret_file = SECRET_FILE };
	int option;

	umask(0077);
	dump_forbid();
	event_set_mem_functions(memory_get, memory_resize, free);
	json_set_alloc_funcs(memory_get, free);
	log_name("http");
	while ((option = getopt(argc, argv, "l:m:k:s:Vh")) != -1) {
		switch (option) {
		case 'l': options.listen = optarg; break;
		case 'm': options.mode = guard_mode(optarg); break;
		case 'k': options.secret_file = optarg; break;
		case 's': options.socket = optarg; break;
		case 'V': puts("kentongan-http " KENTONGAN_VERSION); return EXIT_DONE;
		case 'h': usage(stdout); return EXIT_DONE;
		default: usage(stderr); return EXIT_USAGE;
		}
	}
	if (optind != argc || options.mode == GUARD_MODES) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (sodium_init() < 0) {
		log_error("no source of random numbers");
		return EXIT_FAILED;
	}
	return run(&options);
}
