/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phone: numbers as the gateway compares, shows and hides them. */
#include "base/phone.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_DIGITS 3
#define NUMBER_DIGITS 9

static unsigned char mask_key[crypto_shorthash_KEYBYTES];

bool
phone_normalise(const char *raw, char out[PHONE_SIZE])
{
	char digits[17] = "";
	size_t count = 0;
	bool plus = false;

	out[0] = '\0';
	for (; *raw != '\0'; raw++) {
		if (*raw == '+' && count == 0 && !plus)
			plus = true;
		else if (isdigit((unsigned char)*raw) && count < sizeof digits - 1)
			digits[count++] = *raw;
		else if (strchr(" .-", *raw) == NULL)
			return false;
	}
	if (count < 9 || count > 15)
		return false;
	if (!plus && digits[0] == '0')
		snprintf(out, PHONE_SIZE, "+62%s", digits + 1);
	else
		snprintf(out, PHONE_SIZE, "+%s", digits);
	return true;
}

bool
phone_listed(const char *list, const char *phone)
{
	char one[PHONE_SIZE], number[PHONE_SIZE];
	size_t length;

	for (;; list += length) {
		list += strspn(list, ", ");
		length = strcspn(list, ",");
		if (*list == '\0')
			return false;
		snprintf(one, sizeof one, "%.*s", (int)(length < sizeof one ? length : sizeof one - 1), list);
		if (phone_normalise(one, number) && strcmp(number, phone) == 0)
			return true;
	}
}

const char *
phone_mask(const char *phone, char out[PHONE_MASK_SIZE])
{
	unsigned char hash[crypto_shorthash_BYTES];
	size_t length = strlen(phone);

	crypto_shorthash(hash, (const unsigned char *)phone, length, mask_key);
	if (phone_is_hash(phone))
		snprintf(out, PHONE_MASK_SIZE, "****%.5s", phone);
	else if (length < 10)
		snprintf(out, PHONE_MASK_SIZE, "****#%02x%02x", hash[0], hash[1]);
	else
		snprintf(out, PHONE_MASK_SIZE, "%.6s****%s#%02x%02x", phone, phone + length - 3, hash[0], hash[1]);
	return out;
}

const char *
phone_hash(const char *phone, char out[PHONE_HASH_SIZE])
{
	unsigned char hash[crypto_shorthash_BYTES];

	crypto_shorthash(hash, (const unsigned char *)phone, strlen(phone), mask_key);
	snprintf(out, PHONE_HASH_SIZE, "#%02x%02x%02x%02x", hash[0], hash[1], hash[2], hash[3]);
	return out;
}

bool
phone_is_hash(const char *phone)
{
	return phone[0] == '#';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
hide(char *from, const char *to, size_t digits)
{
	for (; from < to && digits > SHOWN_DIGITS; from++)
		if (is_digit(*from)) {
			*from = '*';
			digits--;
		}
}

void
phone_hide(char *text)
{
	char *at = text;

	while (*at != '\0') {
		bool spaced = strncmp(at, "08", 2) == 0 || (strncmp(at, "62", 2) == 0 && (at[2] == '8' ||
			      (at[2] != '\0' && at[3] == '8')));
		size_t digits = 0;
		char *end = at;

		for (; is_digit(*end) || (spaced && (*end == '-' || *end == ' ') && is_digit(end[1])); end++)
			digits += is_digit(*end);
		if (digits >= NUMBER_DIGITS)
			hide(at, end, digits);
		at = end + (end == at);
	}
}

void
phone_mask_key(const unsigned char key[16])
{
	memcpy(mask_key, key, sizeof mask_key);
}
