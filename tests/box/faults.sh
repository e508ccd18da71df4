# faults: what the tests of faults stand on beside stage.sh: volunteers, messages by the hundred, how everything comes
# to rest, the judgement of the tables.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash source=tests/box/stage.sh
#
# Chance comes from SEED.
. "${BASH_SOURCE%/*}/stage.sh"

seed=${SEED:-$RANDOM}
RANDOM=$seed
volunteers=0
messages=0              # put so far
when=''

# --- the stage ---

# set_faults MODEMS VOLUNTEERS [LINE of [core]...]: the stage, with people each of a village of her own; money is no
# question here.
set_faults() {
    local modems=$1
    volunteers=$2
    shift 2
    set_stage "$modems" 'limit_day = 10000000' 'limit_month = 10000000' "$@"
    {
        printf 'sender\tphone\trole\torg\tarea\tarea_name\trw\n'
        sql "SELECT 'K', '+628402' || (row_number() OVER () + 10000000), 'PSM', 'PSM', code, name, ''
             FROM area WHERE length(code) = 13 LIMIT $volunteers" | tr '|' '\t'
    } > people.tsv
    ctl -d box.db -g "$GRAMMARS" import people people.tsv > /dev/null || fail "the volunteers cannot be imported"
    : > expected.tsv
}

# each_modem LINE...: behind the lines of every modem.
each_modem() {
    local line add=''
    for line in "$@"; do add+="$line\\n"; done
    sed -i "s|^pace = .*|&\n${add%\\n}|" box.conf
}

# --- messages ---

# Nobody else's number begins with +628402.
# Message n: every fifth is a question, whose answer may go out once; every sixth a report in two parts.
message() {
    local n=$1
    from=+628402$((n % volunteers + 10000001))
    if [ $((n % 5)) = 4 ]; then text="KODE $((n / volunteers % 3 + 1))"
    elif [ $((n % 6)) = 5 ]; then printf -v text 'PMKS LUT %d,%160s ANAK TERLANTAR 3' $((n % 1900 + 1)) ''
    else text="PMKS LUT $((n % 1900 + 1))"; fi
}

# put COUNT [MODEM [MEMBERS of the order]]: the next messages, all in the network before the first is delivered. Of the
# time "when", if that is set.
put() {
    local left=$1 batch from text i
    while [ "$left" -gt 0 ]; do
        batch=
        for ((i = 0; i < 250 && left > 0; i++, left--)); do
            message "$messages"
            messages=$((messages + 1))
            printf '%s\t%s\n' "$from" "$text" >> expected.tsv
            batch+=",{\"from\":\"$from\",\"text\":\"$text\",\"ref\":$((messages % 256))${when:+,\"time\":\"$when\"}}"
        done
        net raw "{\"cmd\":\"batch\",\"modem\":${2:-0}${3:+,$3},\"messages\":[${batch#,}]}" > /dev/null ||
            fail "modemsim did not take the messages"
    done
}

# --- the end: everything that waits ---

all_up() {
    local status
    status=$(ctl status 2> /dev/null) && ! grep -q '^modem [^:]*: \(DOWN\|STARTING\|HUNG\)' <<< "$status"
}

# until_empty SECONDS: nothing is left in any SIM.
until_empty() {
    local m=0 left
    net wait-empty "$1" && return
    while left=$(net -m $m slots 2> /dev/null); do
        grep -v '^SR' <<< "$left" | sed "s/^/modem $m: /" | head -3 >&2
        m=$((m + 1))
    done
    fail "not in time: the SIM is empty"
}

answers() { ctl status > /dev/null 2>&1; }

come_to_rest() {
    [ -n "$daemon" ] || start_daemon
    until_true 30 "the core answers" answers
    until_empty 120
    until_sql 60 0 "SELECT count(*) FROM sms_in WHERE state IN ('NEW', 'PART') AND sender LIKE '+628402%'"
    # Those of unknown fate that are due are waiting, too, until the core has queued them again.
    until_sql 120 0 "SELECT count(*) FROM outq WHERE state = 'CLAIMED' OR
                        (state IN ('QUEUED', 'UNKNOWN') AND next_at <= unixepoch())"
    stop_daemon
}

# All that waits for a time of its own: as if that had gone by.
settle() {
    local later="(state = 'QUEUED' OR (state = 'UNKNOWN' AND next_at IS NOT NULL))" i
    come_to_rest
    for ((i = 0; i < 8; i++)); do
        [ "$(sql "SELECT count(*) FROM outq WHERE $later")" != 0 ] || break
        sql "UPDATE outq SET next_at = 1 WHERE $later"
        come_to_rest
    done
}

# --- the judgement ---

# judge FAULT WHAT SIZE STRIKES: the tables against what was put in and what modemsim carried, after settle. An ack may
# go out once more for each strike.
judge() {
    local fault=$1 what=$2 size=$3 strikes=$4 lost doubled torn
    net sent | cut -f 3,4 > sent.tsv
    sqlite3 -batch box.db > verdict 2>&1 << SQL || fail "the tables cannot be compared: $(head -5 verdict)"
CREATE TEMP TABLE expected (sender TEXT, body TEXT); CREATE TEMP TABLE sent (dest TEXT, body TEXT);
.mode tabs
.import expected.tsv expected
.import sent.tsv sent
CREATE INDEX IF NOT EXISTS judge_receipt ON receipt (inbox); CREATE INDEX IF NOT EXISTS judge_outq ON outq (inbox);
CREATE INDEX IF NOT EXISTS judge_record ON record (receipt);
CREATE INDEX temp.by_dest ON sent (dest); CREATE INDEX temp.by_sender ON expected (sender);
CREATE TEMP VIEW got AS SELECT * FROM sms_in WHERE ref_bits = 0 AND sender LIKE '+628402%';
CREATE TEMP VIEW fate AS SELECT outq.*, (SELECT count(*) FROM sent WHERE sent.dest = outq.dest AND sent.body = outq.body)
    AS times FROM outq;
SELECT 'lost: ' || sender || ' ' || body FROM (SELECT * FROM expected EXCEPT SELECT sender, body FROM got WHERE state = 'DONE');
SELECT 'lost: answer out=' || id || ' is ' || state || ', but was never transmitted' FROM fate
    WHERE state IN ('SENT', 'DELIVERED') AND times = 0;
SELECT 'doubled: ' || sender || ' ' || body FROM got GROUP BY sender, body HAVING count(*) > 1;
SELECT 'doubled: at most once, but ' || times || ' times: out=' || id FROM fate WHERE class <> 'ack' AND times > 1;
SELECT 'torn: nobody sent in=' || id FROM got WHERE NOT EXISTS
    (SELECT 1 FROM expected WHERE expected.sender = got.sender AND expected.body = got.body);
SELECT 'torn: in=' || id FROM got WHERE (body LIKE 'PMKS%') != (SELECT count(*) FROM receipt WHERE inbox = got.id)
    OR (SELECT count(*) FROM outq WHERE inbox = got.id) != 1;
SELECT 'torn: receipt ' || no FROM receipt WHERE (SELECT count(*) FROM record WHERE receipt = no)
    != (SELECT CASE WHEN body LIKE '%ANAK%' THEN 2 ELSE 1 END FROM sms_in WHERE id = inbox);
SELECT 'torn: not ours: ' || dest || ' ' || body FROM sent WHERE NOT EXISTS
    (SELECT 1 FROM outq WHERE outq.dest = sent.dest AND outq.body = sent.body);
SELECT 'torn: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok';
SELECT 'unsettled: out=' || id || ' ' || state FROM outq WHERE state NOT IN ('SENT', 'DELIVERED', 'UNKNOWN'${FINAL:-});
SELECT 'acks doubled: ' || sum(times - 1) FROM fate WHERE class = 'ack' AND times > 1 HAVING sum(times - 1) > $strikes;
SQL
    lost=$(grep -c '^lost' verdict) doubled=$(grep -c '^doubled' verdict) torn=$(grep -c '^torn' verdict)
    figures "$fault" "$what" "$size" "$lost" "$doubled" "$torn"
    [ ! -s verdict ] || fail "seed $seed, $(wc -l < verdict) faults: $(head -20 verdict)"
}
