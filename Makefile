# Kentongan. The two commands a newcomer needs: make demo, make check.
# SPDX-License-Identifier: GPL-3.0-or-later

PREFIX  ?= /usr
DESTDIR ?=
CC      ?= cc
CFLAGS  ?= -O2 -g
BUILD   ?= build

# What the build and the tests need from Debian 12, and why:
#   gcc libc6-dev pkg-config    compiler
#   libgammu-dev                modems (AT driver) and INI files
#   libevent-dev                event loop
#   libsqlite3-dev              storage
#   libutf8proc-dev             folding of Unicode
#   libjansson-dev              JSON
#   libsodium-dev               hashes
#   libseccomp-dev              what a modem's process may ask of the kernel
#   libcmocka-dev               unit tests
#   sqlite3 strace              box tests: look into the tables, watch system calls
#   curl openssl                box tests: call as an operator's gateway does
PACKAGES = gcc libc6-dev pkg-config libgammu-dev libevent-dev libsqlite3-dev \
           libutf8proc-dev libjansson-dev libsodium-dev libseccomp-dev libcmocka-dev \
           sqlite3 strace curl openssl

LIBS     = gammu libevent_core libevent_extra sqlite3 libutf8proc jansson libsodium libseccomp
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes -Werror
HARDEN   = -fstack-protector-strong -fstack-clash-protection -Wformat=2 -Werror=format-security
PIE      = -fPIE
LINK     = -pie -Wl,-z,relro -Wl,-z,now -Wl,--as-needed
ifdef SANITIZE
override CFLAGS = -O1 -g -fno-omit-frame-pointer
HARDEN  += -fsanitize=address,undefined -fno-sanitize-recover=undefined
LINK    += -fsanitize=address,undefined
else ifdef FUZZ
override CFLAGS = -O1 -g -fno-omit-frame-pointer
HARDEN  += -DFUZZING -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
LINK    += -fsanitize=address,undefined
else
HARDEN  += -D_FORTIFY_SOURCE=2
endif

# pkg-config is asked only when something is compiled: on a bare machine it is not there yet.
PKG_CFLAGS = $(shell pkg-config --cflags $(LIBS))
PKG_LIBS   = $(shell pkg-config --libs $(LIBS))
CPPFLAGS  += -D_GNU_SOURCE -Isrc -I$(BUILD)
COMPILE    = $(CC) -std=c11 $(CPPFLAGS) $(WARN) $(HARDEN) $(PIE) $(CFLAGS) $(PKG_CFLAGS) -MMD -MP

ROOMS   = $(sort $(wildcard src/base/*.c src/lang/*.c src/store/*.c src/modem/*.c src/gate/*.c src/http/*.c) src/config.c)
CTL     = $(sort $(wildcard src/ctl/*.c))
SIM     = $(sort $(wildcard tests/modemsim/*.c))
UNIT    = $(sort $(wildcard tests/unit/test_*.c))
CANARY  = $(sort $(wildcard tests/canary/*.c))
JUDGE   = tests/cases/judge.c tests/modemsim/gsm7.c tests/modemsim/utf16.c
ROOM_O  = $(ROOMS:%.c=$(BUILD)/%.o)
CTL_O   = $(CTL:%.c=$(BUILD)/%.o)
SIM_O   = $(SIM:%.c=$(BUILD)/%.o)
ROWS    = tests/rows/rows.c tests/rows/script.c tests/rows/box.c
STANDIN = tests/standin/standin.c
TORTURE = tests/standin/torture.c tests/standin/content.c tests/standin/copies.c tests/standin/judge.c
ORDEAL  = $(filter-out tests/ordeal/starved.c,$(sort $(wildcard tests/ordeal/*.c)))
THREE_MONTHS = $(sort $(wildcard tests/ledger/*.c))
CANARY_O = $(CANARY:%.c=$(BUILD)/%.o)
JUDGE_O = $(JUDGE:%.c=$(BUILD)/%.o)
ROWS_O  = $(ROWS:%.c=$(BUILD)/%.o)
STANDIN_O = $(STANDIN:%.c=$(BUILD)/%.o)
TORTURE_O = $(TORTURE:%.c=$(BUILD)/%.o)
ORDEAL_O = $(ORDEAL:%.c=$(BUILD)/%.o)
THREE_MONTHS_O = $(THREE_MONTHS:%.c=$(BUILD)/%.o)
FUZZERS = $(sort $(wildcard tests/fuzz/fz_*.c))
FUZZ_O  = $(if $(FUZZ),,$(BUILD)/tests/fuzz/replay.o)
FUZZ_A  = $(patsubst %,$(BUILD)/tests/fuzz/%.o,box copy file heap library)
FUZZ_X  = $(FUZZERS:tests/fuzz/%.c=$(BUILD)/fuzz/%)
UNIT_X  = $(UNIT:tests/unit/%.c=$(BUILD)/unit/%)

all: kentongand kentongan kentongan-http
	@:

kentongand: $(BUILD)/kentongand
	@cp $< $@
kentongan: $(BUILD)/kentongan
	@cp $< $@

kentongan-http: $(BUILD)/kentongan-http
	@cp $< $@

$(BUILD)/kentongan-http: $(BUILD)/src/http.o $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/kentongand: $(BUILD)/src/main.o $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/kentongan: $(CTL_O) $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/modemsim: $(SIM_O)
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
# The worker of the archive is not taken, as there is one already.
$(BUILD)/kentongand-standin: $(BUILD)/src/main.o $(STANDIN_O) $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
# Its memory can run out: for tests only.
$(BUILD)/kentongand-starved: $(BUILD)/src/main.o $(BUILD)/tests/ordeal/memory.o $(BUILD)/tests/ordeal/starved.o $(BUILD)/rooms.a
	$(CC) $(LINK) -Wl,--wrap=INI_ReadFile,--wrap=control_open -o $@ $^ $(PKG_LIBS)
$(BUILD)/torture: $(TORTURE_O) $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/feed: $(BUILD)/tests/standin/feed.o
	$(CC) $(LINK) -o $@ $^
# Its clock, its modems, its disk and its memory are not the archive's nor the system's.
$(BUILD)/ordeal: $(ORDEAL_O) $(BUILD)/rooms.a
	$(CC) $(LINK) -Wl,--wrap=rename,--wrap=fsync,--wrap=INI_ReadFile -o $@ $^ $(PKG_LIBS)
# Says for itself what the box must send: nothing of the program is in it.
$(BUILD)/ledger: $(THREE_MONTHS_O)
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/handed: $(BUILD)/tests/box/handed.o
	$(CC) $(LINK) -o $@ $^
$(BUILD)/confine: $(BUILD)/tests/sandbox/confine.o
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/canary: $(CANARY_O)
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/judge: $(JUDGE_O) $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
# Its clock and its modem are not the archive's.
$(BUILD)/rows: $(ROWS_O) $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
# They follow the clock of the simulator instead of the system's: for tests only.
$(BUILD)/kentongand-clock: $(BUILD)/src/main.o $(BUILD)/testclock/clock.o $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/kentongan-clock: $(CTL_O) $(BUILD)/testclock/clock.o $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/testclock/clock.o: src/base/clock.c
	@mkdir -p $(@D)
	$(COMPILE) -DTEST_CLOCK -c -o $@ $<
$(BUILD)/notified: $(BUILD)/tests/box/notified.o
	$(CC) $(LINK) -o $@ $^
# It goes into a process of ours by LD_PRELOAD, which has its sanitizers already.
$(BUILD)/intruder.so: tests/box/intruder.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(CPPFLAGS) $(WARN) -O1 -fPIC -shared -MMD -MP -MF $(BUILD)/intruder.d -o $@ $<
$(BUILD)/bench $(BUILD)/answers: $(BUILD)/%: $(BUILD)/tests/bench/%.o $(BUILD)/rooms.a
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS)
$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/rooms.a
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $^ $(PKG_LIBS) -lcmocka

# With libFuzzer, or what only replays a corpus. fz_ipc brings the supervisor itself.
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(FUZZ_O) $(BUILD)/fuzz.a $(BUILD)/rooms.a
	@mkdir -p $(@D)
	$(CC) $(LINK) $(if $(FUZZ),-fsanitize=fuzzer) -o $@ $^ $(PKG_LIBS)

$(BUILD)/fuzz.a: $(FUZZ_A)
	@rm -f $@
	ar rcs $@ $^
$(BUILD)/rooms.a: $(ROOM_O)
	@rm -f $@
	ar rcs $@ $^

# The schema is SQL that can be read as SQL; the store needs it as a C string.
$(BUILD)/%.inc: src/store/%.sql
	@mkdir -p $(@D)
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/\\n"/' $< > $@
$(BUILD)/src/store/store.o $(BUILD)/src/store/restore.o: $(patsubst src/store/%.sql,$(BUILD)/%.inc,$(wildcard src/store/*.sql))

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

tools: $(BUILD)/kentongand $(BUILD)/kentongan $(BUILD)/kentongan-http $(BUILD)/modemsim
	@:
tests: tools $(BUILD)/kentongand-clock $(BUILD)/kentongan-clock $(BUILD)/kentongand-standin $(BUILD)/kentongand-starved \
       $(BUILD)/torture $(BUILD)/feed $(BUILD)/ordeal $(BUILD)/bench $(BUILD)/answers $(BUILD)/judge $(BUILD)/ledger $(BUILD)/rows $(BUILD)/notified \
       $(BUILD)/handed $(BUILD)/canary $(BUILD)/confine $(BUILD)/intruder.so $(UNIT_X) $(FUZZ_X)

packages:
	@missing=; for p in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "Kentongan needs these Debian packages to build and test (the Makefile says what for):$$missing"; \
	  root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	  $$root apt-get update -qq && \
	  $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi

# Sub-makes on all processors, unless somebody has said otherwise.
JOBS = --no-print-directory $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

demo: packages
	@$(MAKE) $(JOBS) all tools
	@tests/demo $(if $(MESSAGES),"$(MESSAGES)")

demo-live: packages
	@$(MAKE) $(JOBS) all tools
	@tests/demo --live

check: packages
	@$(MAKE) $(JOBS) all
	@$(MAKE) $(JOBS) BUILD=build/asan SANITIZE=1 tests
	@tests/check build/asan

# What systemd says to its files: exposure, directives, users, folders.
units: packages
	@$(MAKE) --no-print-directory packages PACKAGES=systemd
	@$(MAKE) $(JOBS) all
	@tests/units

# Box tests with the core and the HTTP front kept as systemd would keep them.
sandbox: packages
	@$(MAKE) --no-print-directory packages PACKAGES=systemd
	@$(MAKE) $(JOBS) all tests
	@tests/sandbox/run $(BUILD)

# Which mechanisms work: tests/rows/list, conversations beside it.
rows: packages
	@$(MAKE) $(JOBS) all tests
	@TESTS=rows tests/check $(BUILD)

fuzz: packages
	@$(MAKE) --no-print-directory PACKAGES=clang packages
	@$(MAKE) $(JOBS) BUILD=build/libfuzzer FUZZ=1 CC=clang fuzzers
	@tests/fuzz/run build/libfuzzer $(or $(SECONDS),600) $(FUZZERS_ONLY)
fuzzers: $(FUZZ_X)

torture: packages
	@$(MAKE) --no-print-directory packages PACKAGES=systemd
	@$(MAKE) $(JOBS) all tests
	@tests/torture $(BUILD)

# Figures, no judgement. valgrind counts instructions; nothing else needs it.
bench:
	@$(MAKE) packages PACKAGES="$(PACKAGES) valgrind"
	@$(MAKE) $(JOBS) all $(BUILD)/bench $(BUILD)/answers
	@tests/bench/run $(BUILD)

install: all
	@! grep -q KENTONGAN_TEST_CLOCK kentongand kentongan kentongan-http || \
	  { echo "a program was built with TEST_CLOCK: it follows a test's clock and is not installed"; exit 1; }
	install -D -m 0755 kentongand $(DESTDIR)$(PREFIX)/sbin/kentongand
	install -D -m 0755 kentongan-http $(DESTDIR)$(PREFIX)/sbin/kentongan-http
	install -D -m 0755 kentongan $(DESTDIR)$(PREFIX)/bin/kentongan
	install -d $(DESTDIR)$(PREFIX)/share/kentongan/grammars/regions
	install -m 0644 $(wildcard grammars/*.*) $(DESTDIR)$(PREFIX)/share/kentongan/grammars/
	install -m 0644 grammars/regions/* $(DESTDIR)$(PREFIX)/share/kentongan/grammars/regions/
	install -D -m 0644 src/kentongand.8 $(DESTDIR)$(PREFIX)/share/man/man8/kentongand.8
	install -D -m 0644 src/kentongan-http.8 $(DESTDIR)$(PREFIX)/share/man/man8/kentongan-http.8
	install -D -m 0644 src/kentongan.1 $(DESTDIR)$(PREFIX)/share/man/man1/kentongan.1
	install -D -m 0644 src/kentongan-grammar.5 $(DESTDIR)$(PREFIX)/share/man/man5/kentongan-grammar.5
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	for unit in kentongand.service kentongan-http.service kentongan-http.socket; do \
	  sed -e 's|/usr/sbin/|$(PREFIX)/sbin/|' -e 's|/usr/bin/|$(PREFIX)/bin/|' systemd/$$unit > $(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit && \
	  chmod 0644 $(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit || exit 1; done
	install -D -m 0644 systemd/kentongan.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/kentongan.conf
	install -D -m 0644 systemd/kentongan.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/kentongan.conf
	install -D -m 0644 systemd/60-kentongan.rules $(DESTDIR)$(PREFIX)/lib/udev/rules.d/60-kentongan.rules
	install -D -m 0644 systemd/kentongan.conf $(DESTDIR)$(PREFIX)/share/doc/kentongan/examples/kentongan.conf

clean:
	rm -rf build kentongand kentongan kentongan-http

.PHONY: all tools tests packages demo demo-live check units sandbox rows bench fuzz fuzzers torture install clean
.DELETE_ON_ERROR:
