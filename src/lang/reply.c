/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reply: reply texts with their placeholders filled in. Knows what a text may say, not when it is sent. */
#include "lang/reply.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/xmalloc.h"
#include "lang/grammar.h"

#define RELAYED "teks"
#define OURS_LETTERS 20         /* so many tell our texts from what people write */

/* Longest values in characters. Villages, kecamatan and areas with longer names are cut, numbers must never be:
 * a village counts up to 20000, a province has thousands of villages, the country 83762. */
static const struct { const char *name; size_t width; } PLACEHOLDERS[] = {
	{ "no", 6 }, { "ksus", 6 }, { "n", 5 }, { "m", 5 }, { "lama", 5 }, { "baru", 5 }, { "maks", 5 },
	{ "jml", 5 }, { "tot", 5 }, { "umur", 3 }, { "lo", 2 }, { "hi", 3 }, { "thp", 1 }, { "lkh", 9 },
	{ "desa", 24 }, { "kec", 20 }, { "wil", 24 }, { "per", 8 }, { "isi", 50 }, { "pilih", 70 },
	{ "kat", 10 }, { "kode", 3 }, { "sat", 10 }, { "kata", 15 }, { "saran", 24 }, { "topik", 8 },
	{ "nama", 24 }, { "peran", 6 }, { "kelompok", 15 }, { "org", 12 }, { "hp", 16 }, { "jenis", 8 },
	{ "lapor", 5 }, { "belum", 5 }, { "tumpang", 5 }, { "kasus", 5 }, { "kapan", 8 }, { "masa", 9 }, { "buka", 5 }, { "tutup", 5 },
	{ "tiket", 6 }, { "lembaga", 24 }, { "tgl", 10 }, { "contoh", 15 }, { "jam", 5 }, { "tempat", 24 }, { "hal", 30 },
	{ "tulis", 10 }, { "cara", 44 }, { "besok", 8 }, { "bln", 2 }, { "jk", 1 }, { "simpan", 17 },
	{ "judul", 30 }, { "form", 24 }, { "ketik", 60 }, { "isian", 20 }, { "lain", 20 },
	/* Of a list as much as the SMS holds, but never less than this. What follows it, if it says anything. */
	{ "daftar", 38 }, { "ket", 28 }, { "lanjut", 19 }, { "tingkat", 9 }, { "lalu", 8 },
	{ "prog", 6 }, { "modem", 12 }, { "sisa", 12 }, { "usia", 10 },
	/* What somebody wrote, cut; whole, where it is passed on (reply_form.relayed) in as many SMS as it takes. */
	{ RELAYED, 80 },
};

/* What the program fills in for each text that it sends, beside what reply_common() knows. */
static const struct { const char *id, *placeholders; } REPLIES[] = {
	{ "OK_LAPOR", "no desa per isi" },
	{ "OK_LAPOR_FUZZY", "no desa per isi" },
	{ "OK_LAPOR_RAHASIA", "no desa per kode n" },
	{ "OK_GANTI", "no desa per kat lama baru" },
	{ "OK_GANTI_BANYAK", "no desa per isi" },
	{ "OK_GANTI_RAHASIA", "no desa per kode" },
	{ "OK_SAMA", "desa per" },
	{ "OK_TUMPANG", "no desa per isi org" },
	{ "OK_NIHIL", "no desa per kat" },
	{ "OK_RALAT", "no desa per kat lama baru" },
	{ "OK_BATAL", "no" },
	{ "OK_BATAL_ANGKA", "desa per isi" },
	{ "OK_BATAL_ISIAN", "no judul" },
	{ "OK_KASUS", "ksus desa kat" },
	{ "OK_KASUS_SENDIRI", "ksus desa kat" },
	{ "OK_KASUS_RAHASIA", "ksus desa" },
	{ "OK_SAH", "desa per kat n" },
	{ "OK_SAH_BANYAK", "desa per isi" },
	{ "OK_SETUJU", "no" },
	{ "OK_SETUJU_GANTI", "no nama peran" },
	{ "OK_TOLAK", "no" },
	{ "OK_DAFTAR_BATAL", "" },
	{ "OK_RAPAT_CATAT", "tgl jam tempat" },
	{ "OK_RAPAT_SAMA", "tgl jam tempat" },
	{ "OK_RAPAT_LUAR", "tgl jam tempat jml" },
	{ "OK_NOTULEN_KURANG", "tgl jml pilih" },
	{ "OK_NOTULEN_SAMA", "tgl" },
	{ "UNDANGAN_POLOS", "lembaga tgl jam tempat" },
	{ "TERUS_NOTULEN", "lembaga tgl teks" },
	{ "E_UMUR_DAFTAR", "peran lo hi" },
	{ "JWB_JUMLAH_KOSONG", "wil per jml tot" },
	{ "OK_KUNCI", "per wil" },
	{ "OK_DAFTAR", "no nama peran kelompok wil" },
	{ "OK_DAFTAR_SETUJU", "nama peran kelompok wil" },
	{ "OK_DAFTAR_TOLAK", "no" },
	{ "OK_DAFTAR_LEWAT", "no n" },
	{ "OK_DAFTAR_GANTI", "peran wil" },
	{ "MINTA_SETUJU", "no nama peran kelompok wil hp" },
	{ "MINTA_GANTI", "no nama peran kelompok wil hp" },
	{ "OK_STOP", "" },
	{ "OK_MULAI", "" },
	{ "OK_KIRIM", "wil per n jml tot" },
	{ "OK_KIRIM_LAGI", "wil per tgl n jml tot" },
	{ "OK_KIRIM_SAMA", "wil per tgl" },
	{ "OK_SIAR", "jml n wil buka tutup" },
	{ "OK_SIAR_KOSONG", "wil" },
	{ "SIAR_DARI", "lembaga" },
	{ "OK_RAPAT", "tgl jam tempat jml" },
	{ "UNDANGAN", "lembaga tgl jam tempat hal" },
	{ "OK_HADIR", "jml tgl" },
	{ "OK_NOTULEN", "tgl jml" },
	{ "OK_RUJUK", "ksus org" },
	{ "OK_RUJUK_ATAS", "ksus org" },
	{ "OK_RUJUK_RAHASIA", "ksus" },
	{ "OK_TANYA", "tiket pilih" },
	{ "OK_ADUAN", "tiket pilih" },
	{ "OK_TIKET_SIMPAN", "tiket" },
	{ "OK_JAWAB", "tiket" },
	{ "OK_LANJUT", "tiket" },
	{ "OK_TUTUP", "tiket" },
	{ "OK_TUTUP_KASUS", "ksus" },
	{ "JWB_TIKET", "tiket hal teks" },
	{ "TERUS_TANYA", "tiket lembaga teks" },
	{ "TERUS_ADUAN", "tiket lembaga teks" },
	{ "TERUS_JAWAB", "tiket lembaga teks" },
	{ "TERUS_LANJUT", "tiket lembaga teks" },
	{ "TERUS_TUTUP", "tiket lembaga" },
	{ "TERUS_TUTUP_KASUS", "ksus lembaga" },
	{ "E_TIDAK_ADA_TIKET", "tiket" },
	{ "E_TIDAK_ADA_KASUS", "ksus" },
	{ "OK_PROGRAM", "prog nama judul" },
	{ "OK_PROGRAM_TAHAP", "prog nama thp judul n" },
	{ "OK_PROGRAM_LONCAT", "prog nama thp judul lkh n" },
	{ "OK_PROGRAM_MUNDUR", "prog nama thp judul n" },
	{ "OK_PROGRAM_SAMA", "prog nama thp judul" },
	{ "OK_PROGRAM_SELESAI", "prog nama thp judul" },
	{ "JWB_PROGRAM", "prog nama thp judul hal tgl" },
	{ "TERUS_AJAK", "prog nama lembaga" },
	{ "TERUS_PIHAK", "prog nama lembaga teks" },
	{ "E_TIDAK_ADA_PROG", "prog" },
	{ "E_FORMAT_PROGRAM", "" },
	{ "E_FORMAT_TANYA", "" },
	{ "E_FORMAT_RUJUK", "" },
	{ "E_FORMAT_ADUAN", "" },
	{ "E_FORMAT_JAWAB", "" },
	{ "E_FORMAT_TUTUP", "" },
	{ "JWB_JUMLAH", "wil per daftar jml tot ket lanjut" },
	{ "JWB_REKAP", "wil per daftar jml tot ket lanjut" },
	{ "JWB_REKAP_KOSONG", "wil per jml tot masa" },
	{ "JWB_REKAP_KOSONG_KAT", "kat wil per jml tot masa" },
	{ "JWB_BELUM", "wil per jml tot daftar lanjut" },
	{ "JWB_BELUM_KAT", "kat wil per jml tot daftar lanjut" },
	{ "JWB_BELUM_KAT_WIL", "kat wil per jml tot daftar tingkat lanjut" },
	{ "JWB_BELUM_KAT_HABIS", "kat wil per" },
	{ "JWB_BELUM_WILAYAH", "wil per jml tot daftar tingkat lanjut" },
	{ "JWB_BELUM_LENGKAP", "wil per" },
	{ "JWB_STATUS", "wil per daftar no lanjut" },
	{ "JWB_STATUS_KOSONG", "wil per" },
	{ "JWB_STATUS_LALU", "wil per lalu no" },
	{ "JWB_STATUS_PERAN", "peran wil per jml tot" },
	{ "JWB_STATUS_TUGAS", "peran wil" },
	{ "JWB_PULSA", "daftar lanjut" },
	{ "JWB_PULSA_KOSONG", "" },
	{ "JWB_TUMPANG", "wil per daftar lanjut" },
	{ "JWB_TUMPANG_BACA", "wil per daftar lanjut" },
	{ "JWB_TUMPANG_KOSONG", "wil per" },
	{ "JWB_TUMPANG_WILAYAH", "wil per daftar tingkat lanjut" },
	{ "JWB_PERAN", "peran wil jml tot tingkat daftar lanjut" },
	{ "JWB_PERAN_RINCI", "peran wil jml tot tingkat daftar lanjut" },
	{ "JWB_PERAN_NAMA", "peran wil daftar lanjut" },
	{ "JWB_PERAN_TANPA", "peran wil" },
	{ "JWB_PERAN_LENGKAP", "peran wil tot tingkat" },
	{ "JWB_HALAMAN", "topik wil per n m daftar ket lanjut" },
	{ "JWB_LAGI_HABIS", "" },
	{ "JWB_KASUS", "ksus desa kat hal" },
	{ "JWB_KASUS_SAMA", "ksus desa kat hal no" },
	{ "TERUS_TKSK", "ksus desa peran" },
	{ "TERUS_TKSK_SAMA", "ksus desa peran no" },
	{ "TERUS_BATAL_ISIAN", "judul no wil lembaga" },
	{ "SIAGA", "desa per isi no lembaga" },
	{ "SIAGA_RALAT", "desa per isi no lembaga" },
	{ "SIAGA_BATAL", "desa per isi no lembaga" },
	{ "TERUS_RUJUK", "ksus desa lembaga org" },
	{ "TERUS_RUJUK_RAHASIA", "ksus desa lembaga" },
	{ "E_DAFTAR", "" },
	{ "E_TUNGGU", "" },
	{ "E_SUDAH", "peran wil" },
	{ "E_PERINTAH", "" },
	{ "E_BELUM_ADA", "kata" },
	{ "E_PIN", "" },
	{ "E_PIN_SALAH", "n m" },
	{ "E_PIN_KUNCI", "n" },
	{ "E_PIN_BELUM", "" },
	{ "E_KATA", "kata kat" },
	{ "E_KATA_POLOS", "kata" },
	{ "E_KATA_TUTUP", "" },
	{ "E_JUMLAH", "kat" },
	{ "E_ANGKA", "kat maks tulis" },
	{ "E_ANGKA_KASUS", "kat maks" },
	{ "E_ANGKA_POLOS", "" },
	{ "E_SATUAN", "kat sat tulis" },
	{ "E_GANDA", "kat tulis" },
	{ "E_TAMBAH", "kata" },
	{ "E_TAMBAH_POLOS", "" },
	{ "E_PRIBADI", "" },
	{ "E_PRIBADI_POLOS", "" },
	{ "E_DESA", "kata kec saran" },
	{ "E_DESA_POLOS", "kata kec" },
	{ "E_DESA_TUTUP", "kec" },
	{ "E_DESA_PILIH", "kata pilih" },
	{ "E_DESA_PILIH_TUTUP", "pilih" },
	{ "E_DESA_DUSUN", "kec" },
	{ "E_DESA_PERLU", "" },
	{ "E_WILAYAH", "desa kec" },
	{ "E_WILAYAH_NOMOR", "no" },
	{ "E_WILAYAH_TANYA", "wil" },
	{ "E_KEC", "kata" },
	{ "E_KEC_TUTUP", "" },
	{ "E_KAB", "kata" },
	{ "E_KAB_PILIH", "kata" },
	{ "E_WILAYAH_NAMA", "kec" },
	{ "E_KAB_TUTUP", "" },
	{ "E_PERIODE", "kata per" },
	{ "E_PERIODE_TANYA", "kata" },
	{ "E_PERIODE_TANYA_POLOS", "" },
	{ "E_PERIODE_POLOS", "per" },
	{ "E_DEPAN", "per" },
	{ "E_DEPAN_TANYA", "per" },
	{ "E_LAMA", "per n" },
	{ "E_KUNCI", "per" },
	{ "E_UMUR", "umur kat lo hi jk n" },
	{ "E_UMUR_PERLU", "kat jk n" },
	{ "E_JK", "kat jk n" },
	{ "E_JK_PERLU", "kat jk n" },
	{ "E_IZIN", "" },
	{ "E_IZIN_BELUM", "" },
	{ "E_IZIN_NOMOR", "no peran" },
	{ "E_RAHASIA", "" },
	{ "E_TIDAK_ADA", "" },
	{ "E_TIDAK_ADA_RAPAT", "" },
	{ "E_TIDAK_ADA_NOMOR", "no" },
	{ "E_TIDAK_ADA_RALAT", "kat desa per tulis" },
	{ "E_TIDAK_ADA_YA", "" },
	{ "E_BEDA", "kat lama baru tulis" },
	{ "E_NIHIL", "per" },
	{ "E_FORMAT_LAPOR", "" },
	{ "E_FORMAT_REKAP", "" },
	{ "E_FORMAT_TANYA_RT", "" },
	{ "E_FORMAT_KASUS", "" },
	{ "E_FORMAT_DAFTAR", "" },
	{ "E_FORMAT_DAFTAR_RW", "" },
	{ "E_FORMAT_DAFTAR_KEC", "peran" },
	{ "E_FORMAT_RAPAT", "" },
	{ "E_FORMAT_UMUM", "" },
	{ "E_FORMAT_RT", "" },
	{ "E_FORMAT", "topik" },
	{ "E_TANGGAL", "" },
	{ "E_PANJANG", "" },
	{ "E_PANJANG_UMUM", "n m" },
	{ "E_SEBAGIAN", "" },
	{ "OK_ISIAN_SAMA", "judul wil" },
	{ "OK_ISIAN_SAMA_BULAN", "judul wil per" },
	{ "E_ISIAN", "judul" },
	{ "E_ISIAN_ANGKA", "isian n m" },
	{ "E_ISIAN_LEBIH", "isian n lain m" },
	{ "E_ISIAN_KURANG", "isian n lain m" },
	{ "E_ISIAN_SAMA", "isian n lain m" },
	{ "E_ISIAN_SATUAN", "isian sat" },
	{ "E_ISIAN_PANJANG", "isian m" },
	{ "E_ISIAN_CATATAN", "isian lama baru" },
	{ "E_ISIAN_RALAT", "judul" },
	{ "E_ISIAN_TAMBAH", "" },
	{ "E_ISIAN_BATAL", "judul" },
	{ "E_ISIAN_TANYA", "form" },
	{ "E_ISIAN_TANYA_SAJA", "" },
	{ "JWB_ISIAN", "form wil per pilih jml tot" },
	{ "JWB_ISIAN_KALI", "form wil per pilih jml" },
	{ "JWB_ISIAN_SAJA", "form wil per jml" },
	{ "JWB_ISIAN_JUMLAH", "form wil pilih jml" },
	{ "JWB_ISIAN_BULAN", "form wil pilih" },
	{ "JWB_ISIAN_DAFTAR", "form wil pilih" },
	{ "JWB_ISIAN_KOSONG", "form wil per" },
	{ "JWB_ISIAN_BACA", "form wil per" },
	{ "JWB_ISIAN_TIDAK", "form wil" },
	{ "BANTU_ISIAN", "judul" },
	{ "BANTU_UMUM", "" },
	{ "BANTU_PERAN", "wil per daftar lanjut" },
	{ "BANTU_TAMU", "" },
	{ "BANTU_TUNGGU", "" },
	{ "BANTU_PERINTAH", "topik" },
	{ "E_TEMPAT", "" },
	{ "E_TEMPAT_UMUM", "" },
	{ "E_TAWAR", "kata isi desa per" },
	{ "E_TAWAR_TEMPAT", "kata isi desa" },
	{ "E_TAWAR_TUTUP", "isi desa per" },
	{ "E_TAWAR_JUMLAH", "isi desa per" },
	{ "FRASA_ISI", "kat n" },
	{ "FRASA_ISI_SATUAN", "kat n sat" },
	{ "FRASA_ISI_RAHASIA", "kode n" },
	{ "FRASA_GANTI", "kat lama baru" },
	{ "FRASA_KODE", "kode" },
	{ "FRASA_DLL", "" },
	{ "FRASA_ATAU", "" },
	{ "FRASA_BELUM", "" },
	{ "FRASA_NOMOR", "no" },
	{ "FRASA_TELAT", "" },
	{ "FRASA_PERIKSA", "" },
	{ "FRASA_TERBUKA", "" },
	{ "FRASA_DIRUJUK", "" },
	{ "FRASA_DIRUJUK_KE", "org" },
	{ "FRASA_SELESAI", "" },
	{ "FRASA_YTH", "" },
	{ "FRASA_KOSONG", "" },
	{ "FRASA_BLN", "n" },
	{ "FRASA_TW", "n" },
	{ "FRASA_SMT", "n" },
	{ "FRASA_THN", "n" },
	{ "FRASA_DIJAWAB", "" },
	{ "FRASA_LANJUT", "" },
	{ "FRASA_SEMENTARA", "" },
	{ "FRASA_SISA", "n" },
	{ "FRASA_NIHIL", "" },
	{ "FRASA_TERDAFTAR", "n" },
	{ "FRASA_TERCATAT", "kode" },
	{ "FRASA_TIDAK_DILAPORKAN", "kat" },
	{ "FRASA_WIL_DESA", "wil" },
	{ "FRASA_WIL_KEL", "wil" },
	{ "FRASA_WIL_KEC", "wil" },
	{ "FRASA_WIL_KAB", "wil" },
	{ "FRASA_LAIN_NOL", "" },
	{ "FRASA_DESA", "" },
	{ "FRASA_KECAMATAN", "" },
	{ "FRASA_KABUPATEN", "" },
	{ "FRASA_PROVINSI", "" },
	{ "FRASA_KEC_SINGKAT", "" },
	{ "FRASA_KAB_SINGKAT", "" },
	{ "FRASA_PROV_SINGKAT", "" },
	{ "FRASA_BERJALAN", "" },
	{ "FRASA_PULSA", "modem sisa usia" },
	{ "FRASA_PULSA_BELUM", "modem" },
	{ "FRASA_KUOTA", "modem sisa usia" },
	{ "FRASA_KUOTA_BELUM", "modem" },
	{ "FRASA_MENIT", "n" },
	{ "FRASA_JAM", "n" },
	{ "FRASA_HARI", "n" },
	{ "FRASA_RT", "n" },
	{ "FRASA_RW", "n" },
	{ "E_PIN_MENU", "" },
	{ "MENU_UTAMA", "wil daftar" },
	{ "MENU_PILIH", "judul daftar" },
	{ "MENU_PILIH_LANJUT", "judul daftar" },
	{ "MENU_JUMLAH", "kat desa per sat" },
	{ "MENU_UMUR", "" },
	{ "MENU_TANGGAL", "" },
	{ "MENU_JAM", "" },
	{ "MENU_TEMPAT_KETIK", "" },
	{ "MENU_ANGKA", "isian n m" },
	{ "MENU_ANGKA_LEWAT", "isian n m" },
	{ "MENU_NOMOR", "isian n m" },
	{ "MENU_NOMOR_LEWAT", "isian n m" },
	{ "MENU_TANGGAL_ISIAN", "isian" },
	{ "MENU_TANGGAL_LEWAT", "isian" },
	{ "MENU_TEKS", "isian" },
	{ "MENU_TEKS_LEWAT", "isian" },
	{ "MENU_KIRIM", "isi desa per" },
	{ "MENU_KIRIM_ISIAN", "isi desa per" },
	{ "MENU_KIRIM_TEMPAT", "isi desa" },
	{ "MENU_KIRIM_KASUS", "kat jk umur desa" },
	{ "MENU_KIRIM_KELUARGA", "kat desa" },
	{ "MENU_KIRIM_RAPAT", "tgl jam tempat" },
	{ "MENU_LAGI_LAPOR", "" },
	{ "MENU_LAGI", "" },
	{ "MENU_UBAH", "" },
	{ "MENU_HALAMAN", "" },
	{ "MENU_SELESAI", "" },
	{ "MENU_BATAL", "" },
	{ "MENU_TUTUP", "" },
	{ "MENU_SALAH", "" },
	{ "MENU_LAPOR", "kat" },
	{ "MENU_KASUS", "" },
	{ "MENU_TANYA", "" },
	{ "MENU_RAPAT", "" },
	{ "MENU_BANTUAN", "" },
	{ "MENU_ISIAN", "" },
	{ "MENU_T_JUMLAH", "" },
	{ "MENU_T_REKAP", "per" },
	{ "MENU_T_BELUM", "" },
	{ "MENU_T_STATUS", "" },
	{ "MENU_T_TUMPANG", "" },
	{ "MENU_KATEGORI", "" },
	{ "MENU_DESA", "" },
	{ "MENU_KEC", "" },
	{ "MENU_KAB", "" },
	{ "MENU_SEMUA", "" },
	{ "MENU_BULAN", "" },
	{ "MENU_JK", "" },
	{ "MENU_LAKI", "" },
	{ "MENU_PEREMPUAN", "" },
	{ "MENU_TEMPAT", "" },
	{ "MENU_TEMPAT_DESA", "" },
	{ "MENU_TEMPAT_KEC", "" },
	{ "MENU_TEMPAT_LAIN", "" },
	{ "MENU_YA", "" },
	{ "MENU_TIDAK", "" },
};

size_t
reply_width(const char *placeholder)
{
	for (size_t i = 0; i < sizeof PLACEHOLDERS / sizeof PLACEHOLDERS[0]; i++)
		if (strcmp(PLACEHOLDERS[i].name, placeholder) == 0)
			return PLACEHOLDERS[i].width;
	return 0;
}

const char *
reply_placeholders(const char *id)
{
	for (size_t i = 0; i < sizeof REPLIES / sizeof REPLIES[0]; i++)
		if (strcmp(REPLIES[i].id, id) == 0)
			return REPLIES[i].placeholders;
	return NULL;
}

bool
reply_common(const char *placeholder)
{
	static const char *const COMMON[] = { "contoh", "ketik", "cara", "besok", "bln", "simpan" };

	for (size_t i = 0; i < sizeof COMMON / sizeof COMMON[0]; i++)
		if (strcmp(COMMON[i], placeholder) == 0)
			return true;
	return false;
}

const char *
reply_required(size_t index)
{
	return index < sizeof REPLIES / sizeof REPLIES[0] ? REPLIES[index].id : NULL;
}

bool
reply_basic(char c)
{
	return c >= ' ' && c <= '~' && strchr("[]{}\\~^|`", c) == NULL;
}

void
reply_start(struct reply_form *form, const char *id)
{
	assert(strlen(id) < sizeof form->id);
	memset(form, 0, sizeof *form);
	strcpy(form->id, id);
}

static char *
slot(struct reply_form *form, const char *placeholder)
{
	size_t i = 0;

	while (i < form->count && strcmp(form->values[i].name, placeholder) != 0)
		i++;
	if (i == form->count) {
		assert(form->count < REPLY_VALUES_MAX && strlen(placeholder) < sizeof form->values[i].name);
		strcpy(form->values[i].name, placeholder);
		form->count++;
	}
	return form->values[i].value;
}

void
reply_set(struct reply_form *form, const char *placeholder, const char *format, ...)
{
	char full[512];
	va_list args;

	va_start(args, format);
	vsnprintf(full, sizeof full, format, args);
	va_end(args);
	reply_set_wide(form, placeholder, reply_width(placeholder), full);
}

/* One '?' for each character that a plain SMS cannot carry; the bytes that continue one are no characters. */
void
reply_set_wide(struct reply_form *form, const char *placeholder, size_t width, const char *value)
{
	char *out = slot(form, placeholder);
	size_t length = 0;

	assert(width > 0 && width < sizeof form->values[0].value);
	for (const char *c = value; *c != '\0' && length < width; c++) {
		if (((unsigned char)*c & 0xC0) == 0x80)
			continue;
		/* U+2019 stands in village names. */
		if (strncmp(c, "\xE2\x80\x99", 3) == 0)
			out[length++] = '\'';
		else
			out[length++] = reply_basic(*c) ? *c : '?';
	}
	out[length] = '\0';
}

void
reply_set_lines(struct reply_form *form, const char *placeholder, const char *value)
{
	char *out = slot(form, placeholder);

	assert(strlen(value) < sizeof form->values[0].value);
	for (; *value != '\0'; value++)
		*out++ = reply_basic(*value) || *value == '\n' ? *value : '?';
	*out = '\0';
}

static const char *
value_of(const struct reply_form *form, const char *placeholder, size_t length)
{
	for (size_t i = 0; i < form->count; i++)
		if (strncmp(form->values[i].name, placeholder, length) == 0 && form->values[i].name[length] == '\0')
			return form->values[i].value;
	return NULL;
}

bool
reply_uses(const struct grammar *grammar, const char *id, const char *placeholder)
{
	int reply = grammar_reply(grammar, id);
	size_t length = strlen(placeholder);

	assert(reply >= 0);
	for (const char *c = strchr(grammar->replies[reply].text, '{'); c != NULL; c = strchr(c + 1, '{'))
		if (strncmp(c + 1, placeholder, length) == 0 && c[1 + length] == '}')
			return true;
	return false;
}

/* The value of the placeholder whose name begins there and has that length. */
static const char *
fill(const struct reply_form *form, const char *name, size_t length)
{
	const char *value;

	if (form->relayed != NULL && length == strlen(RELAYED) && strncmp(name, RELAYED, length) == 0)
		return form->relayed;
	value = value_of(form, name, length);
	assert(value != NULL);
	return value;
}

static const char *
template_of(const struct grammar *grammar, const struct reply_form *form)
{
	int reply = grammar_reply(grammar, form->id);

	assert(reply >= 0);
	return grammar->replies[reply].text;
}

/* Writes at most size - 1 characters; returns how many all of it has. */
static size_t
write_text(const char *template, const struct reply_form *form, char *out, size_t size)
{
	size_t used = 0;

	for (const char *c = template; *c != '\0'; c++) {
		size_t name = strcspn(c + 1, "}"), room = used < size ? size - used : 0;

		if (*c == '{') {
			used += (size_t)snprintf(room != 0 ? out + used : NULL, room, "%s", fill(form, c + 1, name));
			c += name + 1;
			continue;
		}
		if (room > 1)
			out[used] = *c;
		used++;
	}
	out[used < size ? used : size - 1] = '\0';
	return used;
}

size_t
reply_write(const struct grammar *grammar, const struct reply_form *form, char out[REPLY_SIZE])
{
	size_t length = write_text(template_of(grammar, form), form, out, REPLY_SIZE);

	return length < REPLY_SIZE ? length : REPLY_SIZE - 1;
}

char *
reply_text(const struct grammar *grammar, const struct reply_form *form)
{
	const char *template = template_of(grammar, form);
	char none[1], *out;
	size_t length = write_text(template, form, none, sizeof none);

	out = xcalloc(length + 1, 1);
	write_text(template, form, out, length + 1);
	return out;
}

const char *
reply_value(const struct reply_form *form, const char *placeholder)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->values[i].name, placeholder) == 0)
			return form->values[i].value;
	return "";
}

/* Whether the text has the reply's words in their order, from the first to the last. */
static bool
has_words_of(const char *reply, const char *text)
{
	const char *place = strchr(reply, '{'), *rest;
	size_t length = place != NULL ? (size_t)(place - reply) : strlen(reply);

	if (strncmp(text, reply, length) != 0)
		return false;
	text += length;
	while (place != NULL) {
		char words[REPLY_SIZE];

		rest = place + strcspn(place, "}") + 1;
		place = strchr(rest, '{');
		length = place != NULL ? (size_t)(place - rest) : strlen(rest);
		snprintf(words, sizeof words, "%.*s", (int)length, rest);
		if (place == NULL)
			return strlen(text) >= length && strcmp(text + strlen(text) - length, words) == 0;
		text = strstr(text, words);
		if (text == NULL)
			return false;
		text += length;
	}
	return *text == '\0';
}

/* Letters that stand in the reply itself. */
static size_t
own_letters(const char *reply)
{
	size_t count = 0;

	for (; *reply != '\0'; reply++) {
		if (*reply == '{')
			reply += strcspn(reply, "}");
		else
			count += *reply != ' ';
	}
	return count;
}

bool
reply_is_ours(const struct grammar *grammar, const char *text)
{
	for (size_t i = 0; i < grammar->reply_count; i++) {
		const char *reply = grammar->replies[i].text;

		/* A reply of few words of its own could be anybody's. */
		if (own_letters(reply) >= OURS_LETTERS && has_words_of(reply, text))
			return true;
	}
	return false;
}
