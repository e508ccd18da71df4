# stage: what the box tests stand on: a database, a configuration, a network with modems, the daemon.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Each test sources it, with an empty folder of its own as the current one. It waits for what should become true, never
# for a time. tests/check sets BIN, GRAMMARS and TEMPLATE, a database with the people of tests/cases/people.tsv, all
# invented; +62840 is assigned to nobody.
set -u
: "${BIN:?}" "${GRAMMARS:?}" "${TEMPLATE:?}"

# Some of the people, by village of Lumbung, Ciamis.
# shellcheck disable=SC2034  # used by the tests
{
rawa=+6284010000959 lumbungsari=+6284010001096 cikupa=+6284010001233 darmaraja=+6284010001370
karang_taruna=+6284010001507 tksk=+6284010000000 stranger=+6284055500001
own_number=+6284099990000
}
daemon='' worker='' sim='' program=kentongand
# The core and the front as their units keep them, if tests/sandbox/run says so.
confine=() confine_http=()
if [ -n "${CONFINED:-}" ]; then
    confine=("$BIN/confine" "$CONFINED/kentongand.calls" "$CONFINED/kentongand.service")
    # shellcheck disable=SC2034  # used by a test
    confine_http=("$BIN/confine" "$CONFINED/kentongan-http.calls" "$CONFINED/kentongan-http.service")
fi
recovery=0              # ms that it took to be well again, at worst

fail() {
    echo "$*" >&2
    exit 1
}

# cannot WHY: this machine lacks what the test needs (or the rest of it): it has failed nothing, and shown nothing.
cannot() {
    echo "$*"
    exit 77
}

# until_true SECONDS WHAT COMMAND...
until_true() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || fail "not in time: $what"
        sleep 0.05
    done
}

# --- sizes and figures: make torture takes larger ones, and makes a table of them ---

# sized SMALL LARGE: prints the one that is asked for. TORTURE=1: the large one. SIZE=n: that.
sized() { if [ -n "${SIZE:-}" ]; then echo "$SIZE"; elif [ -n "${TORTURE:-}" ]; then echo "$2"; else echo "$1"; fi; }
now_ms() { echo $((${EPOCHREALTIME/./} / 1000)); }
# recovered SINCE [MOST]: what was wrong went at that time, ms, and all is well again.
recovered() {
    local took=$(($(now_ms) - $1))
    [ "$took" -le "$recovery" ] || recovery=$took
    [ "$took" -le "${2:-60000}" ] || fail "well again after $took ms only"
}
# figures FAULT WHAT SIZE LOST DOUBLED TORN: a line of the table; the worst recovery begins anew.
figures() {
    printf '%-4s %s: %d; lost %d, doubled %d, torn %d; well again after at most %d ms\n' "$@" "$recovery"
    [ -z "${FIGURES:-}" ] || (IFS=$'\t'; echo "$*	$recovery") >> "$FIGURES"
    recovery=0
}

# measured WORDS...: a line below the table.
measured() {
    echo "$*"
    [ -z "${FIGURES:-}" ] || echo "$*" >> "$FIGURES.measured"
}

# --- the database ---

sql() { sqlite3 -batch -cmd '.timeout 5000' box.db "$1"; }
sql_says() { [ "$(sql "$1")" = "$2" ]; }
# until_sql SECONDS RESULT QUERY
until_sql() { until_true "$1" "$3 is $2, but $(sql "$3")" sql_says "$3" "$2"; }
# expect_sql RESULT QUERY
expect_sql() { local got; got=$(sql "$2"); [ "$got" = "$1" ] || fail "$2: expected $1, got $got"; }

# --- the configuration ---

# set_stage [MODEMS [LINE of [core]...]]: database, configuration; nothing runs yet.
set_stage() {
    local modems=${1:-1} i
    [ $# = 0 ] || shift
    mkdir -p sim
    cp "$TEMPLATE" box.db && chmod 600 box.db || exit 1
    {
        printf '[core]\ndatabase = %s/box.db\ncontrol = %s/socket\n' "$PWD" "$PWD"
        printf 'grammars = %s\nown_numbers = %s\n' "$GRAMMARS" "$own_number"
        # All that it could ever say is looked through by the canary.
        [[ "$*" == *log_level* ]] || echo 'log_level = debug'
        # A backup is made by the tests of it.
        [[ "$*" == *backup\ =* ]] || echo 'backup = none'
        [ $# = 0 ] || printf '%s\n' "$@"
        for ((i = 0; i < modems; i++)); do
            printf '[gammu%s]\ndevice = %s/sim/modem%d\nconnection = dku2at\nmodel = at\npace = usb\n' \
                "${i#0}" "$PWD" "$i"
        done
    } > box.conf
}

# --- the network ---

net() { "$BIN/modemsim" -s sim/control "$@"; }

start_network() {
    : > sim.ready
    "$BIN/modemsim" -d sim -l sim.log -T sim.texts "$@" > sim.ready 2>> sim.err &
    sim=$!
    until_true 10 "modemsim is ready" grep -q ready sim.ready
}

# sms TEXT [FROM [TIME]]: a phone sends a message.
sms() { net sms "${2:-$rawa}" "$1" ${3:+"$3"} > /dev/null || fail "modemsim did not take the message"; }
# sent [N]: the texts of the messages sent by the gateway, one a line.
sent() { net sent | cut -f 4; }
wib() { TZ=UTC-7 date +%Y-%m-%dT%H:%M:%S+07:00; }
# Without the status reports.
messages() { net slots | grep -v '^SR'; }
slots_used() { messages | grep -c .; }

# --- the daemon ---

# stop_time TIME [OPTION of modemsim...]: the network and the daemon live at that moment, which stands still until
# go_to another.
stop_time() {
    export KENTONGAN_TEST_CLOCK=$PWD/clock
    program=kentongand-clock
    local time=$1
    shift
    start_network -t "$KENTONGAN_TEST_CLOCK" "$@"
    go_to "$time"
}
go_to() { net set clock "$1" > /dev/null || fail "modemsim does not take the time $1"; }

ctl() { "$BIN/kentongan${KENTONGAN_TEST_CLOCK:+-clock}" -c box.conf "$@"; }
modem_says() { ctl status 2>/dev/null | grep -q "^modem $1: $2"; }

# start_daemon [COMMAND...] (before it, as strace)
start_daemon() {
    "$@" "${confine[@]}" "$BIN/$program" -c box.conf 2>> daemon.log &
    daemon=$!
}
# until_up [MODEM]
until_up() { until_true 20 "modem ${1:-gammu} is up" modem_says "${1:-gammu}" UP; }

find_worker() {
    local stat fields
    worker=
    for stat in /proc/[0-9]*/stat; do
        read -r -a fields 2>/dev/null < "$stat" || continue
        [ "${fields[3]}" = "$daemon" ] && worker=${fields[0]}
    done
    [ -n "$worker" ] || return 1
}

# Ends the daemon as a service manager would, and demands status 0.
stop_daemon() {
    local status
    kill "$daemon"
    wait "$daemon"
    status=$?
    [ "$status" = 0 ] || fail "kentongand ended with status $status"
    daemon=
}
# As a power cut for the process.
kill_daemon() {
    kill -9 "$daemon"
    wait "$daemon" 2> /dev/null
    daemon=
}

# --- the end ---

faults() { grep -lE 'AddressSanitizer|LeakSanitizer|runtime error:' daemon.log sim.err 2> /dev/null; }

leave() {
    local result=$? exe name process
    trap - EXIT
    # Whatever is still at work here, daemons first: one that outlived its network would open the next test's, since
    # numbers of pseudo-terminals are used again.
    for exe in torture kentongand kentongan-http kentongand-cloc kentongand-stan strace modemsim sqlite3 notified; do
        for process in /proc/[0-9]*; do
            [ "$process/cwd" -ef . ] || continue
            read -r name 2> /dev/null < "$process/comm" || continue
            [ "$name" != "$exe" ] || kill -9 "${process#/proc/}" 2> /dev/null
        done
    done
    wait 2> /dev/null
    if [[ $result = @(0|77) && -n $(faults) ]]; then
        echo "a sanitizer complained" >&2
        result=1
    fi
    if [[ $result != @(0|77) ]]; then
        for log in sim.err daemon.log; do
            [ ! -s "$log" ] || { echo "--- $log"; tail -n 100 "$log"; }
        done
        [ ! -s sim.log ] || { echo "--- sim.log, the end"; tail -n 20 sim.log; }
    fi
    exit "$result"
}
trap leave EXIT
trap 'exit 1' INT TERM
