/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main: ledger make SEED VILLAGES REGIONS        writes ledger.tsv and people.tsv
 *       ledger expect GRAMMARS REGIONS           writes people.tsv, texts.tsv and expected.tsv for ledger.tsv
 *       ledger play GRAMMARS REGIONS DAEMON      plays ledger.tsv in the current folder, writes sent.tsv and judges
 *       ledger judge GRAMMARS REGIONS            judges sent.tsv once more */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

static void
write_texts(const struct ledger *ledger, const char *file)
{
	FILE *out = fopen(file, "w");

	if (out == NULL)
		die("%s cannot be written", file);
	for (size_t i = 0; i < ledger->event_count; i++) {
		const struct event *event = &ledger->events[i];
		char at[32], text[TEXT_SIZE];

		if (event->person < 0)
			continue;
		time_write(event->at, at);
		render(ledger, event, text);
		fprintf(out, "%s\t%s\t%s\n", at, ledger->people[event->person].phone, text);
	}
	fclose(out);
}

int
main(int argc, char **argv)
{
	static struct ledger ledger;
	static struct demand demand;
	static struct outcome outcome;

	if (argc == 5 && strcmp(argv[1], "make") == 0) {
		places_read(argv[4]);
		ledger_make((unsigned)strtoul(argv[2], NULL, 10), atoi(argv[3]), &ledger);
		ledger_write(&ledger, "ledger.tsv");
		return EXIT_SUCCESS;
	}
	if (argc < 4 || argc != (strcmp(argv[1], "play") == 0 ? 5 : 4))
		die("usage: make SEED VILLAGES REGIONS | expect GRAMMARS REGIONS | play GRAMMARS REGIONS DAEMON | judge GRAMMARS REGIONS");
	places_read(argv[3]);
	ledger_read("ledger.tsv", &ledger);
	expect(&ledger, argv[2], &demand);
	demand_write(&demand, "expected.tsv");
	if (strcmp(argv[1], "expect") == 0) {
		people_write(&ledger, "people.tsv");
		write_texts(&ledger, "texts.tsv");
		return EXIT_SUCCESS;
	}
	if (strcmp(argv[1], "judge") == 0) {
		sent_read("sent.tsv", &outcome);
	} else {
		play(&ledger, &demand, argv[4], &outcome);
		sent_write(&outcome, "sent.tsv");
	}
	return judge(&ledger, &demand, &outcome) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
