/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config: the INI file as each room's own values. One table says what there is, reads, prints and compares it. */
#include "config.h"

#include <assert.h>
#include <errno.h>
#include <gammu-inifile.h>
#include <limits.h>
#include <regex.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/phone.h"
#include "base/pattern.h"
#include "base/xmalloc.h"
#include "gate/desk.h"
#include "lang/grammar.h"
#include "lang/guide.h"
#include "lang/place.h"

#define GRAMMARS "/usr/share/kentongan/grammars"
#define COMPLAINT_SIZE 256
#define SHOWN_SIZE 640

enum kind { TEXT, NUMBERS, REGEX, COUNT, LEVEL, FIELD, PORT, PACE, CNMI, SECONDS, MINUTES, HOURS, NOTHING };

struct row {
	const char *section, *key;
	enum kind kind;
	size_t where, size;             /* of the member in struct config or struct modem_conf */
	const char *fallback;           /* NULL in a modem: modem_conf_default() knows it */
	bool reloadable;
	long least, most;
};

#define CORE(name, member, what, standard, again, low, high)                                          \
	{ .section = "core", .key = name, .kind = what, .where = offsetof(struct config, member),     \
	  .size = sizeof((struct config *)0)->member, .fallback = standard, .reloadable = again,      \
	  .least = low, .most = high }
#define MODEM(name, member, what, low, high)                                                          \
	{ .section = "gammu", .key = name, .kind = what, .where = offsetof(struct modem_conf, member),\
	  .size = sizeof((struct modem_conf *)0)->member, .least = low, .most = high }
#define IGNORED(name) { .section = "gammu", .key = name, .kind = NOTHING }

static const struct row rows[] = {
	CORE("database", database, TEXT, "/var/lib/kentongan/kentongan.db", false, 0, 0),
	CORE("backup", backup, TEXT, "", true, 0, 0),
	CORE("backup_stick", backup_stick, TEXT, "", true, 0, 0),
	CORE("backup_hour", backup_hour, COUNT, "2", true, 0, 23),
	CORE("backup_keep", backup_keep, COUNT, "14", true, 1, 3650),
	CORE("control", control, TEXT, "/run/kentongan/control", false, 0, 0),
	CORE("menu_socket", menu_socket, TEXT, "", false, 0, 0),
	CORE("grammars", grammars, TEXT, "", true, 0, 0),
	CORE("category_list", category_list, TEXT, "", true, 0, 0),
	CORE("own_numbers", own_numbers, NUMBERS, "", true, 0, 0),
	CORE("destinations", destinations, REGEX, DESK_DESTINATIONS, true, 0, 0),
	CORE("log_level", log_level, LEVEL, "info", true, 0, 0),
	CORE("sweep_seconds", sweep_seconds, COUNT, "60", false, 1, 86400),
	CORE("status_seconds", status_seconds, COUNT, "300", false, 1, 86400),
	CORE("limit_day", spend.day, COUNT, "2000", true, 1, 10000000),
	CORE("limit_month", spend.month, COUNT, "20000", true, 1, 100000000),
	CORE("limit_number", spend.number_day, COUNT, "100", true, 1, 10000000),
	CORE("limit_strangers", spend.strangers_day, COUNT, "100", true, 0, 10000000),
	CORE("sms_price", sms_price, COUNT, "0", true, 0, 1000000),
	CORE("limit_reserve", spend.reserve, COUNT, "20", true, 0, 100),
	CORE("retention_texts", retention.texts, COUNT, "90", true, 14, 36500),
	CORE("retention_quarantine", retention.quarantine, COUNT, "30", true, 7, 36500),
	CORE("retention_numbers", retention.numbers, COUNT, "365", true, 90, 36500),

	MODEM("device", device, FIELD, 0, 0),
	MODEM("port", device, PORT, 0, 0),
	MODEM("connection", connection, FIELD, 0, 0),
	MODEM("model", model, FIELD, 0, 0),
	MODEM("features", features, FIELD, 0, 0),
	MODEM("atgen_setcnmi", cnmi, CNMI, 0, 0),
	MODEM("pace", pace, PACE, 0, 0),
	MODEM("smsc", smsc, FIELD, 0, 0),
	MODEM("init", init[0], FIELD, 0, 0),
	MODEM("init1", init[1], FIELD, 0, 0),
	MODEM("init2", init[2], FIELD, 0, 0),
	MODEM("init3", init[3], FIELD, 0, 0),
	MODEM("send_wait", send_wait, SECONDS, 1, 3600),
	MODEM("deadline_setup", deadline.setup, SECONDS, 1, 3600),
	MODEM("deadline_sweep", deadline.sweep, SECONDS, 1, 3600),
	MODEM("deadline_read", deadline.read, SECONDS, 1, 3600),
	MODEM("deadline_delete", deadline.remove, SECONDS, 1, 3600),
	MODEM("deadline_send", deadline.send, SECONDS, 1, 3600),
	MODEM("deadline_status", deadline.status, SECONDS, 1, 3600),
	MODEM("recover_after", recover_after, COUNT, 1, 1000),
	MODEM("recover", recover, FIELD, 0, 0),
	MODEM("alarm_minutes", alarm_after, MINUTES, 1, 10080),
	MODEM("deadline_dial", deadline.dial, SECONDS, 1, 3600),
	MODEM("balance_code", credit[0].code, FIELD, 0, 0),
	MODEM("balance_low", credit[0].low, COUNT, 0, 100000000),
	MODEM("balance_hours", credit_every, HOURS, 1, 720),
	MODEM("quota_code", credit[1].code, FIELD, 0, 0),
	MODEM("quota_low", credit[1].low, COUNT, 0, 1000000),

	/* A gammurc says these of other uses of a phone. */
	IGNORED("name"), IGNORED("use_locking"), IGNORED("synchronizetime"), IGNORED("startinfo"),
	IGNORED("gammuloc"), IGNORED("gammucoding"), IGNORED("logfile"), IGNORED("logformat"),
	IGNORED("rssdevice"), IGNORED("rsslevel"), IGNORED("usephonedb"), IGNORED("reminder"),
	IGNORED("meeting"), IGNORED("call"), IGNORED("birthday"), IGNORED("memo"), IGNORED("use_globaldebug"),
	IGNORED("debugfile"), IGNORED("datapath"), IGNORED("hidefilenames"),
};
#define ROWS (sizeof rows / sizeof rows[0])

/* Its bit in the `given` of its section; asserts that 64 are enough. */
static uint64_t
bit(const struct row *row)
{
	size_t first = 0;

	while (strcmp(rows[first].section, row->section) != 0)
		first++;
	assert((size_t)(row - rows) - first < 64);
	return UINT64_C(1) << ((size_t)(row - rows) - first);
}

static const struct { const char *name; int level; } levels[] = {
	{ "error", 3 }, { "warn", 4 }, { "info", 6 }, { "debug", 7 },
};
static const char *const paces[MODEM_PACES] = { [MODEM_PACE_STOCK] = "stock", [MODEM_PACE_USB] = "usb" };

/* --- complaints --- */

static void add_line(char **lines, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
add_line(char **lines, const char *format, ...)
{
	char line[1024];
	char *longer;
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	longer = *lines != NULL ? xasprintf("%s\n%s", *lines, line) : xstrdup(line);
	free(*lines);
	*lines = longer;
}

/* The known word that someone who typed this may have meant; NULL none. */
static const char *
near_word(const char *typed, const char *const *words, size_t count)
{
	const char *best = NULL;
	int least = strlen(typed) < 5 ? 1 : 2;

	for (size_t i = 0; i < count; i++) {
		int distance = place_distance(typed, words[i], least);

		if (distance <= least && (best == NULL || distance < least)) {
			best = words[i];
			least = distance;
		}
	}
	return best;
}

static const char *
near_key(const char *section, const char *typed)
{
	const char *words[ROWS];
	size_t count = 0;

	for (size_t i = 0; i < ROWS; i++)
		if (strcmp(rows[i].section, section) == 0)
			words[count++] = rows[i].key;
	return near_word(typed, words, count);
}

/* --- a value from its text. true, or false and why: what is wrong, what was expected --- */

static void
replace(void *member, const char *value)
{
	char **text = member;

	free(*text);
	*text = xstrdup(value);
}

static bool
set_text(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	(void)row;
	(void)why;
	replace(member, value);
	return true;
}

static bool
set_numbers(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	char *list = xstrdup(value), *rest = list, *one;
	char phone[PHONE_SIZE];
	bool good = true;

	(void)row;
	while (good && (one = strsep(&rest, ",")) != NULL) {
		one += strspn(one, " ");
		good = phone_normalise(one, phone);
		if (!good)
			snprintf(why, COMPLAINT_SIZE, "\"%.40s\" is no telephone number, "
				 "expected numbers like +628123456789 with commas between", one);
	}
	free(list);
	if (good)
		replace(member, value);
	return good;
}

static bool
set_regex(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	char reason[128];
	regex_t regex;

	(void)row;
	if (pattern_make(&regex, value, reason, sizeof reason) < 0) {
		snprintf(why, COMPLAINT_SIZE, "%s, expected an extended regular expression", reason);
		return false;
	}
	regfree(&regex);
	replace(member, value);
	return true;
}

static bool
number_between(const struct row *row, const char *value, long *number, char why[COMPLAINT_SIZE])
{
	char *end;

	errno = 0;
	*number = strtol(value, &end, 10);
	if (errno == 0 && end != value && *end == '\0' && *number >= row->least && *number <= row->most)
		return true;
	snprintf(why, COMPLAINT_SIZE, "\"%.40s\" does not fit, expected a number from %ld to %ld", value, row->least,
		 row->most);
	return false;
}

static bool
set_count(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	long number;

	if (!number_between(row, value, &number, why))
		return false;
	*(int *)member = (int)number;
	return true;
}

static bool
set_seconds(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	long number;

	if (!number_between(row, value, &number, why))
		return false;
	*(uint32_t *)member = (uint32_t)number * 1000;
	return true;
}

static bool
set_minutes(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	if (!set_seconds(row, member, value, why))
		return false;
	*(uint32_t *)member *= 60;
	return true;
}

static bool
set_hours(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	if (!set_minutes(row, member, value, why))
		return false;
	*(uint32_t *)member *= 60;
	return true;
}

static bool
set_level(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	(void)row;
	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (strcasecmp(value, levels[i].name) == 0) {
			*(int *)member = levels[i].level;
			return true;
		}
	snprintf(why, COMPLAINT_SIZE, "\"%.40s\" is no level, expected error, warn, info or debug", value);
	return false;
}

static bool
set_field(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	if (strlen(value) >= row->size) {
		snprintf(why, COMPLAINT_SIZE, "too long, expected at most %zu characters", row->size - 1);
		return false;
	}
	snprintf(member, row->size, "%s", value);
	return true;
}

/* libGammu's older name for device: the newer one wins. */
static bool
set_port(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	return *(char *)member != '\0' || set_field(row, member, value, why);
}

static bool
set_pace(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	(void)row;
	for (uint32_t i = 0; i < MODEM_PACES; i++)
		if (strcasecmp(value, paces[i]) == 0) {
			*(uint32_t *)member = i;
			return true;
		}
	snprintf(why, COMPLAINT_SIZE, "\"%.40s\" is no pace, expected stock or usb", value);
	return false;
}

static bool
set_cnmi(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	struct modem_conf *conf = (struct modem_conf *)((char *)member - row->where);

	if (modem_conf_cnmi(conf, value))
		return true;
	snprintf(why, COMPLAINT_SIZE, "\"%.40s\" does not fit, expected at most five numbers like 2,1,0,2,0", value);
	return false;
}

static bool
set_nothing(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE])
{
	(void)row;
	(void)member;
	(void)value;
	(void)why;
	return true;
}

/* --- a value as text --- */

static void
show_text(const void *member, char out[SHOWN_SIZE])
{
	snprintf(out, SHOWN_SIZE, "%s", *(char *const *)member);
}

static void
show_count(const void *member, char out[SHOWN_SIZE])
{
	snprintf(out, SHOWN_SIZE, "%d", *(const int *)member);
}

static void
show_seconds(const void *member, char out[SHOWN_SIZE])
{
	/* Some defaults are shorter than a second. */
	snprintf(out, SHOWN_SIZE, "%g", *(const uint32_t *)member / 1000.0);
}

static void
show_minutes(const void *member, char out[SHOWN_SIZE])
{
	snprintf(out, SHOWN_SIZE, "%g", *(const uint32_t *)member / 60000.0);
}

static void
show_hours(const void *member, char out[SHOWN_SIZE])
{
	snprintf(out, SHOWN_SIZE, "%g", *(const uint32_t *)member / 3600000.0);
}

static void
show_level(const void *member, char out[SHOWN_SIZE])
{
	out[0] = '\0';
	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (levels[i].level == *(const int *)member)
			snprintf(out, SHOWN_SIZE, "%s", levels[i].name);
}

static void
show_field(const void *member, char out[SHOWN_SIZE])
{
	snprintf(out, SHOWN_SIZE, "%s", (const char *)member);
}

static void
show_pace(const void *member, char out[SHOWN_SIZE])
{
	snprintf(out, SHOWN_SIZE, "%s", paces[*(const uint32_t *)member]);
}

static void
show_cnmi(const void *member, char out[SHOWN_SIZE])
{
	const int32_t *cnmi = member;
	size_t length = 0;

	out[0] = '\0';
	for (int i = 0; i < MODEM_CNMI; i++)
		length += (size_t)snprintf(out + length, SHOWN_SIZE - length, "%s%d", i > 0 ? "," : "", (int)cnmi[i]);
}

static const struct {
	bool (*set)(const struct row *row, void *member, const char *value, char why[COMPLAINT_SIZE]);
	void (*show)(const void *member, char out[SHOWN_SIZE]);         /* NULL: another row shows it, or nothing */
} kinds[] = {
	[TEXT] = { set_text, show_text },
	[NUMBERS] = { set_numbers, show_text },
	[REGEX] = { set_regex, show_text },
	[COUNT] = { set_count, show_count },
	[LEVEL] = { set_level, show_level },
	[FIELD] = { set_field, show_field },
	[PORT] = { set_port, NULL },
	[PACE] = { set_pace, show_pace },
	[CNMI] = { set_cnmi, show_cnmi },
	[SECONDS] = { set_seconds, show_seconds },
	[MINUTES] = { set_minutes, show_minutes },
	[HOURS] = { set_hours, show_hours },
	[NOTHING] = { set_nothing, NULL },
};

/* --- reading --- */

/* While one file is read. */
struct source {
	struct config *config;
	const char *file;
	char *errors;
};

static const struct row *
find_row(const char *section, const char *key)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strcmp(rows[i].section, section) == 0 && strcasecmp(rows[i].key, key) == 0)
			return &rows[i];
	return NULL;
}

static void
take_core_entry(struct source *source, const char *key, const char *value)
{
	const struct row *row = find_row("core", key);
	const char *near = near_key("core", key);
	char why[COMPLAINT_SIZE];

	if (row == NULL && near != NULL) {
		add_line(&source->errors, "%s: [core] %s: unknown, expected %s?", source->file, key, near);
	} else if (row == NULL) {
		add_line(&source->errors, "%s: [core] %s: unknown, expected one of kentongan.conf's keys "
			 "(`kentongan config` lists them)", source->file, key);
	} else if (source->config->given & bit(row)) {
		add_line(&source->errors, "%s: [core] %s: there twice, expected once", source->file, key);
	} else {
		source->config->given |= bit(row);
		if (!kinds[row->kind].set(row, (char *)source->config + row->where, value, why))
			add_line(&source->errors, "%s: [core] %s: %s", source->file, key, why);
	}
}

/* libGammu passes over what it does not know: so must we, aloud. */
static void
take_modem_entry(struct source *source, size_t modem, const char *key, const char *value)
{
	struct modem_conf *conf = &source->config->modems[modem];
	uint64_t *given = &source->config->modem_given[modem];
	const struct row *row = find_row("gammu", key);
	char why[COMPLAINT_SIZE];

	if (row == NULL) {
		const char *near = near_key("gammu", key);

		add_line(&source->config->notes, "%s: [%s] %s: unknown, passed over%s%s%s", source->file, conf->name,
			 key, near != NULL ? "; " : "", near != NULL ? near : "", near != NULL ? " was meant?" : "");
		return;
	}
	/* The reader gives a section's last line first, and libGammu takes the first that it sees. */
	if (*given & bit(row))
		return;
	*given |= bit(row);
	if (!kinds[row->kind].set(row, (char *)conf + row->where, value, why))
		add_line(&source->errors, "%s: [%s] %s: %s", source->file, conf->name, key, why);
}

static size_t
find_modem(struct config *config, const char *name)
{
	size_t i;

	for (i = 0; i < config->modem_count; i++)
		if (strcmp(config->modems[i].name, name) == 0)
			return i;
	config->modems = xrealloc(config->modems, i + 1, sizeof *config->modems);
	config->modem_given = xrealloc(config->modem_given, i + 1, sizeof *config->modem_given);
	modem_conf_default(&config->modems[i], name);
	config->modem_given[i] = 0;
	config->modem_count++;
	return i;
}

/* gammu, gammu1, gammu2 ... */
static bool
is_modem(const char *section)
{
	return strncmp(section, "gammu", 5) == 0 && strlen(section) < MODEM_NAME_SIZE &&
	       section[5 + strspn(section + 5, "0123456789")] == '\0';
}

/* As the reader gives it, without the blanks of "[ core ]" and in lower case: case does not matter to libGammu. */
static void
section_name(const char *raw, char *name, size_t size)
{
	size_t length;

	raw += strspn(raw, " \t");
	length = strcspn(raw, " \t\r");
	if (length >= size)
		length = size - 1;
	for (size_t i = 0; i < length; i++)
		name[i] = raw[i] >= 'A' && raw[i] <= 'Z' ? (char)(raw[i] - 'A' + 'a') : raw[i];
	name[length] = '\0';
}

static void
take_section(struct source *source, const INI_Section *section)
{
	static const char *const ours[] = { "core", "gammu" };
	const INI_Entry *entry;
	const char *near;
	char name[64];
	size_t modem = 0;
	bool core;

	section_name((const char *)section->SectionName, name, sizeof name);
	core = strcmp(name, "core") == 0;
	if (!core && !is_modem(name)) {
		near = near_word(name, ours, 2);
		if (near != NULL)
			add_line(&source->errors, "%s: [%s]: unknown section, expected [%s]?", source->file, name, near);
		else
			add_line(&source->config->notes, "%s: [%s]: not for this program, passed over", source->file,
				 name);
		return;
	}
	if (!core)
		modem = find_modem(source->config, name);
	for (entry = section->SubEntries; entry != NULL; entry = entry->Next) {
		const char *key = (const char *)entry->EntryName, *value = (const char *)entry->EntryValue;

		if (core)
			take_core_entry(source, key, value);
		else
			take_modem_entry(source, modem, key, value);
	}
}

/* What [core] says for all modems, and what they say that cannot be. */
static void
finish_modems(struct source *source)
{
	struct config *config = source->config;

	for (size_t i = 0; i < config->modem_count; i++) {
		struct modem_conf *conf = &config->modems[i];
		const char *wrong;

		conf->sweep_every = (uint32_t)config->sweep_seconds * 1000;
		conf->status_every = (uint32_t)config->status_seconds * 1000;
		wrong = source->errors == NULL ? modem_conf_check(conf) : NULL;
		if (wrong != NULL)
			add_line(&source->errors, "%s: [%s] %s%s%s", source->file, conf->name, wrong,
				 strncmp(wrong, "connection", 10) == 0 ? ", not " : "",
				 strncmp(wrong, "connection", 10) == 0 ? conf->connection : "");
	}
}

static void
read_sections(struct source *source)
{
	INI_Section *ini = NULL, *section;
	FILE *probe = fopen(source->file, "re");
	GSM_Error error;

	if (probe == NULL && errno == ENOMEM)
		memory_gone();
	/* The reader does not say why. */
	if (probe == NULL) {
		add_line(&source->errors, "%s: cannot be read: %s", source->file, strerror(errno));
		return;
	}
	fclose(probe);
	errno = 0;
	error = INI_ReadFile(source->file, FALSE, &ini);
	if (error != ERR_NONE && errno == ENOMEM)
		memory_gone();
	if (error != ERR_NONE) {
		add_line(&source->errors, "%s: not a configuration file, expected sections like [core] with lines "
			 "key = value", source->file);
		return;
	}
	for (section = ini; section != NULL; section = section->Next)
		take_section(source, section);
	INI_Free(ini);
	finish_modems(source);
}

static struct config *
config_new(void)
{
	struct config *config = xcalloc(1, sizeof *config);
	char why[COMPLAINT_SIZE];

	for (size_t i = 0; i < ROWS; i++) {
		const struct row *row = &rows[i];

		if (row->fallback == NULL)
			continue;
		if (row->fallback[0] == '\0')
			replace((char *)config + row->where, "");
		else if (!kinds[row->kind].set(row, (char *)config + row->where, row->fallback, why))
			abort();        /* our own table is wrong */
	}
	return config;
}

static void
override(struct config *config, const char *key, const char *value)
{
	const struct row *row = find_row("core", key);

	if (value == NULL)
		return;
	replace((char *)config + row->where, value);
	config->given |= bit(row);
}

/* Without a line of its own it is beside the database. */
static void
find_backup(struct config *config)
{
	const char *slash = strrchr(config->database, '/');
	int length = slash != NULL ? (int)(slash - config->database) + 1 : 0;

	if (config->backup[0] != '\0')
		return;
	free(config->backup);
	config->backup = xasprintf("%.*sbackup", length, config->database);
}

struct config *
config_load(const struct config_options *options, char **error)
{
	struct source source = { .config = config_new(), .file = options->file };

	*error = NULL;
	if (source.file == NULL && access(CONFIG_FILE, F_OK) == 0)
		source.file = CONFIG_FILE;
	if (source.file != NULL) {
		source.config->file = xstrdup(source.file);
		read_sections(&source);
	}
	override(source.config, "database", options->database);
	override(source.config, "grammars", options->grammars);
	find_backup(source.config);
	if (source.errors == NULL)
		return source.config;
	*error = source.errors;
	config_free(source.config);
	return NULL;
}

void
config_free(struct config *config)
{
	if (config == NULL)
		return;
	for (size_t i = 0; i < ROWS; i++)
		if (kinds[rows[i].kind].show == show_text)
			free(*(char **)((char *)config + rows[i].where));
	free(config->file);
	free(config->modems);
	free(config->modem_given);
	free(config->notes);
	free(config);
}

char *
config_incomplete(const struct config *config)
{
	if (config->file == NULL)
		return xstrdup(CONFIG_FILE ": there is none, expected one with a section [gammu] for the modem "
			       "(or another file: -c FILE)");
	if (config->modem_count == 0)
		return xasprintf("%s: [gammu]: missing, expected a section that names the modem's device and "
				 "connection", config->file);
	return NULL;
}

/* --- comparing, printing --- */

static bool
same_modems(const struct config *now, const struct config *next)
{
	return now->modem_count == next->modem_count &&
	       (now->modem_count == 0 ||
		memcmp(now->modems, next->modems, now->modem_count * sizeof *now->modems) == 0);
}

#define SWAP(type, a, b) do { type kept = (a); (a) = (b); (b) = kept; } while (0)

char *
config_keep(struct config *now, struct config *next)
{
	char *lines = NULL;

	for (size_t i = 0; i < ROWS; i++) {
		char before[SHOWN_SIZE], after[SHOWN_SIZE];
		char *mine = (char *)now + rows[i].where, *theirs = (char *)next + rows[i].where;
		char kept[sizeof(char *)];

		if (rows[i].fallback == NULL || rows[i].reloadable)
			continue;
		kinds[rows[i].kind].show(mine, before);
		kinds[rows[i].kind].show(theirs, after);
		if (strcmp(before, after) == 0)
			continue;
		add_line(&lines, "%s: [core] %s: changed, counts after a restart", next->file, rows[i].key);
		memcpy(kept, mine, rows[i].size);
		memcpy(mine, theirs, rows[i].size);
		memcpy(theirs, kept, rows[i].size);
	}
	if (!same_modems(now, next))
		add_line(&lines, "%s: [gammu]: changed, counts after a restart", next->file);
	SWAP(struct modem_conf *, now->modems, next->modems);
	SWAP(uint64_t *, now->modem_given, next->modem_given);
	SWAP(size_t, now->modem_count, next->modem_count);
	return lines;
}

static void
print_section(const char *section, const char *name, const void *values, uint64_t given, FILE *out)
{
	fprintf(out, "\n[%s]\n", name);
	for (size_t i = 0; i < ROWS; i++) {
		char shown[SHOWN_SIZE];

		if (strcmp(rows[i].section, section) != 0 || kinds[rows[i].kind].show == NULL)
			continue;
		kinds[rows[i].kind].show((const char *)values + rows[i].where, shown);
		fprintf(out, "%s%s = %s\n", given & bit(&rows[i]) ? "" : "#", rows[i].key, shown);
	}
}

/* libGammu's reader takes a remark behind a value for a part of it: the mark of a default stands before. */
void
config_print(const struct config *config, FILE *out)
{
	uint64_t device = bit(find_row("gammu", "device"));
	uint64_t port = bit(find_row("gammu", "port"));

	fprintf(out, "# Kentongan %s. Read from: %s. Lines with # are defaults.\n", KENTONGAN_VERSION,
		config->file != NULL ? config->file : "no file");
	print_section("core", "core", config, config->given, out);
	for (size_t i = 0; i < config->modem_count; i++) {
		uint64_t given = config->modem_given[i];

		print_section("gammu", config->modems[i].name, &config->modems[i], given & port ? given | device : given,
			      out);
	}
}

/* --- the grammar --- */

/* The folder `where` as seen from the executable's own, if there is such a folder; NULL. */
static char *
folder_near_executable(const char *where)
{
	char path[PATH_MAX], *folder;
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
	struct stat found;

	if (length <= 0)
		return NULL;
	path[length] = '\0';
	*strrchr(path, '/') = '\0';
	folder = xasprintf("%s/%s", path, where);
	if (stat(folder, &found) == 0 && S_ISDIR(found.st_mode))
		return folder;
	free(folder);
	return NULL;
}

static char *
grammar_folder(const struct config *config)
{
	char *folder;

	if (config->grammars[0] != '\0')
		return xstrdup(config->grammars);
	folder = folder_near_executable("grammars");
	if (folder == NULL)     /* installed elsewhere than below /usr */
		folder = folder_near_executable("../share/kentongan/grammars");
	return folder != NULL ? folder : xstrdup(GRAMMARS);
}

struct grammar *
config_grammar(const struct config *config, char **error)
{
	const char *list = config->category_list[0] != '\0' ? config->category_list : NULL;
	char *folder = grammar_folder(config);
	struct grammar *grammar = NULL;
	struct stat found;

	*error = NULL;
	if (stat(folder, &found) != 0)
		*error = xasprintf("%s: %s, expected the folder of the grammar files (-g DIR)", folder, strerror(errno));
	else
		grammar = grammar_load(folder, list, error);
	free(folder);
	return grammar;
}

int
config_check(const struct config_options *options, FILE *out)
{
	char *error, *incomplete, *grammar_error, *guide_error = NULL;
	struct config *config = config_load(options, &error);
	struct grammar *grammar;
	bool wrong;

	if (config == NULL) {
		fprintf(out, "%s\n", error);
		free(error);
		return EXIT_CONFIG;
	}
	incomplete = config_incomplete(config);
	grammar = config_grammar(config, &grammar_error);
	if (config->notes != NULL)
		fprintf(out, "%s\n", config->notes);
	if (incomplete != NULL)
		fprintf(out, "%s\n", incomplete);
	if (grammar == NULL)
		fprintf(out, "%s\n", grammar_error);
	if (grammar != NULL && (guide_error = guide_check(grammar)) != NULL)
		fprintf(out, "%s\n", guide_error);
	wrong = incomplete != NULL || grammar == NULL || guide_error != NULL;
	free(guide_error);
	free(incomplete);
	free(grammar_error);
	grammar_free(grammar);
	config_free(config);
	return wrong ? EXIT_CONFIG : EXIT_DONE;
}
