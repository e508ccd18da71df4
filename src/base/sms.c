/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sms: one part of a short message as a value. Knows no modem library and not what a message means. */
#include "base/sms.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/gsm7.h"

#define REPLACEMENT 0xFFFD

/* One code point of valid UTF-8 and its length; 0 at the end, -1 when it is not valid (RFC 3629). */
static int
decode(const unsigned char *s, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	int length = s[0] < 0x80 ? 1 : s[0] >= 0xF0 && s[0] < 0xF8 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC0 ? 2 : 0;

	if (s[0] == '\0')
		return 0;
	if (length == 0 || s[0] >= 0xF8)
		return -1;
	*code = length == 1 ? s[0] : s[0] & (0x7F >> length);
	for (int i = 1; i < length; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return -1;
		*code = *code << 6 | (s[i] & 0x3F);
	}
	if (*code < least[length] || *code > 0x10FFFF || (*code >= 0xD800 && *code < 0xE000))
		return -1;
	return length;
}

int
sms_septets(const char *text)
{
	int count = 0, length;
	uint32_t code;

	for (const unsigned char *s = (const unsigned char *)text; (length = decode(s, &code)) != 0; s += length) {
		int septets = length < 0 ? -1 : gsm7_septets(code);

		if (septets < 0)
			return -1;
		count += septets;
	}
	return count;
}

int
sms_units(const char *text)
{
	int count = 0, length;
	uint32_t code;

	for (const unsigned char *s = (const unsigned char *)text; (length = decode(s, &code)) != 0; s += length) {
		if (length < 0)
			return -1;
		count += code < 0x10000 ? 1 : 2;
	}
	return count;
}

/* What a code point takes: septets, or UTF-16 units. */
static int
cost_of(uint32_t code, bool ucs2)
{
	return !ucs2 ? gsm7_septets(code) : code < 0x10000 ? 1 : 2;
}

/* As much of a valid text as fits into most; gives its length in bytes. */
static size_t
fitting(const char *text, bool ucs2, int most)
{
	const unsigned char *s = (const unsigned char *)text;
	int used = 0, length;
	uint32_t code;

	for (; (length = decode(s, &code)) != 0; s += length) {
		used += cost_of(code, ucs2);
		if (used > most)
			break;
	}
	return (size_t)(s - (const unsigned char *)text);
}

size_t
sms_split(const char *text, struct sms_out parts[SMS_OUT_PARTS_MAX])
{
	int septets = sms_septets(text), units = sms_units(text);
	bool ucs2 = septets < 0;
	bool one = ucs2 ? units <= SMS_UCS2_ONE : septets <= SMS_GSM7_ONE;
	int most = ucs2 ? one ? SMS_UCS2_ONE : SMS_UCS2_PART : one ? SMS_GSM7_ONE : SMS_GSM7_PART;
	size_t count = 0;

	if (units <= 0)
		return 0;
	while (*text) {
		size_t length = fitting(text, ucs2, most);

		if (count == SMS_OUT_PARTS_MAX)
			return 0;
		memcpy(parts[count].text, text, length);
		parts[count].text[length] = '\0';
		parts[count].ucs2 = ucs2;
		text += length;
		count++;
	}
	for (size_t i = 0; i < count; i++) {
		parts[i].sequence = (uint8_t)(i + 1);
		parts[i].total = (uint8_t)count;
	}
	return count;
}

static int
check_text(const struct sms_out *message)
{
	bool several = message->total > 1;
	int septets, units;

	if (!memchr(message->text, '\0', sizeof message->text))
		return -EMSGSIZE;
	septets = sms_septets(message->text);
	units = sms_units(message->text);
	if (units < 0)
		return -EINVAL;
	if (several ? message->ucs2 : septets < 0)
		return units <= (several ? SMS_UCS2_PART : SMS_UCS2_ONE) ? 0 : -EMSGSIZE;
	if (septets < 0)
		return -EINVAL;
	return septets <= (several ? SMS_GSM7_PART : SMS_GSM7_ONE) ? 0 : -EMSGSIZE;
}

int
sms_out_check(const struct sms_out *message)
{
	const char *digits = message->dest + (message->dest[0] == '+');
	size_t length = strnlen(message->dest, sizeof message->dest) - (size_t)(digits - message->dest);

	if (length < 3 || length > 20 || strspn(digits, "0123456789") != length)
		return -EINVAL;
	if (message->sequence == 0 || message->sequence > message->total || message->total > SMS_OUT_PARTS_MAX)
		return -EINVAL;
	return check_text(message);
}

static size_t
encode(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

/* Code point at units[*at], which moves on. */
static uint32_t
take(const uint16_t *units, size_t count, size_t *at)
{
	uint16_t first = units[(*at)++];

	if (first == 0 || (first >= 0xDC00 && first < 0xE000))
		return REPLACEMENT;
	if (first < 0xD800 || first >= 0xE000)
		return first;
	if (*at == count || units[*at] < 0xDC00 || units[*at] >= 0xE000)
		return REPLACEMENT;
	return 0x10000 + ((uint32_t)(first - 0xD800) << 10) + (uint32_t)(units[(*at)++] - 0xDC00);
}

size_t
sms_text(const uint16_t *units, size_t count, char *out, size_t size)
{
	size_t length = 0;

	if (size == 0)
		return 0;
	for (size_t at = 0; at < count;) {
		char bytes[4];
		size_t more = encode(take(units, count, &at), bytes);

		if (length + more >= size)
			break;
		memcpy(out + length, bytes, more);
		length += more;
	}
	out[length] = '\0';
	return length;
}

/* Every field goes in with its length before it, little-endian: no two parts give the same bytes. */
static void
mix(crypto_generichash_state *state, const void *bytes, size_t length)
{
	unsigned char prefix[2] = { (unsigned char)(length & 0xFF), (unsigned char)(length >> 8) };

	crypto_generichash_update(state, prefix, sizeof prefix);
	crypto_generichash_update(state, bytes, length);
}

static void
mix_number(crypto_generichash_state *state, int number)
{
	unsigned char bytes[2] = { (unsigned char)(number & 0xFF), (unsigned char)(number >> 8 & 0xFF) };

	mix(state, bytes, sizeof bytes);
}

void
sms_key(const struct sms_part *part, const char *sim, uint8_t key[SMS_KEY_SIZE])
{
	unsigned char text[2 * SMS_UNITS_MAX];
	crypto_generichash_state state;

	if (sodium_init() < 0)
		abort();
	for (size_t i = 0; i < part->units_length; i++) {
		text[2 * i] = (unsigned char)(part->units[i] >> 8);
		text[2 * i + 1] = (unsigned char)(part->units[i] & 0xFF);
	}
	crypto_generichash_init(&state, NULL, 0, SMS_KEY_SIZE);
	mix(&state, sim, strlen(sim));
	mix(&state, part->sender, strlen(part->sender));
	mix_number(&state, part->ton);
	mix(&state, part->time, strlen(part->time));
	mix(&state, part->udh, part->udh_length);
	mix_number(&state, part->pid);
	mix_number(&state, part->dcs);
	mix(&state, text, 2 * (size_t)part->units_length);
	crypto_generichash_final(&state, key, SMS_KEY_SIZE);
}

/* One field where a part has eight: never the same bytes. */
void
sms_raw_key(const uint8_t *bytes, size_t length, const char *sim, uint8_t key[SMS_KEY_SIZE])
{
	crypto_generichash_state state;

	if (sodium_init() < 0)
		abort();
	crypto_generichash_init(&state, NULL, 0, SMS_KEY_SIZE);
	mix(&state, sim, strlen(sim));
	mix(&state, bytes, length);
	crypto_generichash_final(&state, key, SMS_KEY_SIZE);
}

/* Text of at most size - 1 bytes of UTF-8 without control characters: fit for a log line. */
static bool
sender_sane(const char sender[SMS_ADDRESS_SIZE])
{
	int length;
	uint32_t code = 0;

	if (!memchr(sender, '\0', SMS_ADDRESS_SIZE))
		return false;
	for (const unsigned char *s = (const unsigned char *)sender; (length = decode(s, &code)) != 0; s += length)
		if (length < 0 || code < ' ' || (code >= 0x7F && code < 0xA0))
			return false;
	return true;
}

static int
digits(const char *at, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		value = value * 10 + at[i] - '0';
	}
	return value;
}

static bool
between(int value, int least, int most)
{
	return value >= least && value <= most;
}

/* 2026-10-20T09:00:00+07:00, or nothing. */
static bool
time_sane(const char time[SMS_TIME_SIZE])
{
	static const char shape[] = "....-..-..T..:..:..+..:..";

	if (!memchr(time, '\0', SMS_TIME_SIZE))
		return false;
	if (time[0] == '\0')
		return true;
	if (strlen(time) != sizeof shape - 1)
		return false;
	for (size_t i = 0; i < sizeof shape - 1; i++)
		if (shape[i] != '.' && time[i] != shape[i] && !(shape[i] == '+' && time[i] == '-'))
			return false;
	return between(digits(time, 4), 1970, 2099) && between(digits(time + 5, 2), 1, 12) &&
	       between(digits(time + 8, 2), 1, 31) && between(digits(time + 11, 2), 0, 23) &&
	       between(digits(time + 14, 2), 0, 59) && between(digits(time + 17, 2), 0, 59) &&
	       between(digits(time + 20, 2), 0, 19) && between(digits(time + 23, 2), 0, 59);
}

static bool
concatenation_sane(const struct sms_part *part)
{
	switch (part->reference_bits) {
	case 0:
		return part->reference == 0 && part->sequence == 1 && part->total == 1;
	case 8:
		return part->reference <= 0xFF && between(part->sequence, 1, part->total);
	case 16:
		return between(part->sequence, 1, part->total);
	default:
		return false;
	}
}

bool
sms_part_sane(const struct sms_part *part)
{
	return part->slot >= -1 && sender_sane(part->sender) && part->ton <= 7 && time_sane(part->time) &&
	       between(part->pid, -1, 255) && between(part->dcs, -1, 255) && between(part->class, -1, 3) &&
	       part->coding <= SMS_8BIT && part->udh_length <= SMS_UDH_MAX &&
	       (part->udh_length == 0 || part->udh[0] == part->udh_length - 1) && concatenation_sane(part) &&
	       part->units_length <= SMS_UNITS_MAX && part->pdu_length <= SMS_PDU_MAX;
}
