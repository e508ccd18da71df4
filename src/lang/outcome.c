/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcome: the names that outcomes have outside. */
#include "lang/outcome.h"

const char *
reject_name(enum reject reject)
{
	static const char *const names[REJECTS] = {
		[REJECT_NONE] = "", [REJECT_PANJANG] = "E_PANJANG", [REJECT_DAFTAR] = "E_DAFTAR",
		[REJECT_TUNGGU] = "E_TUNGGU", [REJECT_PRIBADI] = "E_PRIBADI", [REJECT_TAMBAH] = "E_TAMBAH",
		[REJECT_AMBIGU] = "E_AMBIGU", [REJECT_PERIODE] = "E_PERIODE", [REJECT_KEC] = "E_KEC",
		[REJECT_KAB] = "E_KAB", [REJECT_ANGKA] = "E_ANGKA", [REJECT_FORMAT] = "E_FORMAT",
		[REJECT_PERINTAH] = "E_PERINTAH", [REJECT_KATA] = "E_KATA", [REJECT_IZIN] = "E_IZIN",
		[REJECT_JUMLAH] = "E_JUMLAH", [REJECT_SATUAN] = "E_SATUAN", [REJECT_GANDA] = "E_GANDA",
		[REJECT_TEMPAT] = "E_TEMPAT", [REJECT_DESA] = "E_DESA", [REJECT_DESA_PILIH] = "E_DESA_PILIH",
		[REJECT_DESA_PERLU] = "E_DESA_PERLU", [REJECT_WILAYAH] = "E_WILAYAH", [REJECT_DEPAN] = "E_DEPAN",
		[REJECT_LAMA] = "E_LAMA", [REJECT_NIHIL] = "E_NIHIL", [REJECT_TIDAK_ADA] = "E_TIDAK_ADA",
		[REJECT_BEDA] = "E_BEDA", [REJECT_BELUM_ADA] = "E_BELUM_ADA",
	};

	return names[reject];
}

const char *
expect_name(enum expect expect)
{
	static const char *const names[EXPECTS] = {
		[EXPECT_ACCEPT] = "accept", [EXPECT_REJECT] = "reject", [EXPECT_QUERY] = "query",
		[EXPECT_REGISTER] = "register", [EXPECT_HELP] = "help", [EXPECT_IGNORE] = "ignore",
		[EXPECT_SETTINGS] = "settings",
	};

	return names[expect];
}
