/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ussd: the menu on the terminal, as somebody's telephone would show it. */
#include "ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xmalloc.h"
#include "gate/menu.h"

#define ANSWER_SECONDS 10

/* Each answer goes over a connection of its own: a person may take longer than the daemon waits for one. */
struct terminal {
	const char *socket, *phone;
	char session[MENU_SESSION_SIZE];
};

static void
print_screen(const char *text)
{
	for (; *text != '\0' && *text != '\n'; text++)
		if (text[0] == '\\' && text[1] != '\0')
			putchar(*++text == 'n' ? '\n' : *text);
		else
			putchar(*text);
	putchar('\n');
	fflush(stdout);
}

/* Says one thing to the daemon; 1 the menu goes on, 0 it is over, -1 it failed, and was said why. */
static int
say(const struct terminal *terminal, const char *how, const char *input)
{
	FILE *stream = ctl_call_daemon(terminal->socket, ANSWER_SECONDS);
	char *line = NULL;
	size_t size = 0;
	int result = -1;

	if (stream == NULL)
		return -1;
	fprintf(stream, "ussd %s %s %s %s\n", terminal->session, terminal->phone, how, input);
	fflush(stream);
	if (getline(&line, &size, stream) <= 0)
		fprintf(stderr, "kentongan: the daemon did not answer\n");
	else if (strncmp(line, "CON ", 4) == 0 || strncmp(line, "END ", 4) == 0)
		result = line[0] == 'C';
	else
		fputs(line, stderr);
	if (result >= 0 && strcmp(how, "end") != 0)
		print_screen(line + 4);
	free(line);
	fclose(stream);
	return result;
}

static int
play(const struct terminal *terminal)
{
	char *line = NULL;
	size_t size = 0;
	int result = say(terminal, "next", "");

	while (result == 1) {
		ssize_t length;

		if (isatty(STDIN_FILENO)) {
			fputs("> ", stdout);
			fflush(stdout);
		}
		length = getline(&line, &size, stdin);
		if (length < 0) {
			result = say(terminal, "end", "") < 0 ? -1 : 0;
			break;
		}
		line[strcspn(line, "\r\n")] = '\0';
		/* An empty answer would begin anew. */
		result = line[0] == '\0' ? 1 : say(terminal, "next", line);
	}
	free(line);
	return result < 0 ? EXIT_FAILED : EXIT_DONE;
}

int
ctl_ussd(const struct command *command, const struct call *call)
{
	struct config *config = ctl_open_config(call);
	struct terminal terminal = { .phone = call->words[0] };
	int status;

	(void)command;
	if (config == NULL)
		return EXIT_CONFIG;
	if (strchr(call->words[0], ' ') != NULL) {
		config_free(config);
		return ctl_misused(command);
	}
	terminal.socket = config->control;
	snprintf(terminal.session, sizeof terminal.session, "terminal:%ld.%lld", (long)getpid(), (long long)clock_wall());
	status = play(&terminal);
	config_free(config);
	return status;
}
