package dev.dorm.cache.simulation;

import java.util.List;

/** The rules of {@code docs/protocol.md} as the Lua scripts have them, each with what is left when it is taken away. */
public final class ScriptMutants {

    private ScriptMutants() {}

    /** Returns all. */
    public static List<Mutant> all() {
        return List.of(
                // All scripts.
                of("no step comes late", "common", "return micros > 0 and MICROS > micros", "return false"),
                of(
                        "a version that was lost is seeded from the time",
                        "common",
                        "current = MICROS\n",
                        "current = MICROS - NOW * 1000 + 1\n"),
                of(
                        "a bump raises the version",
                        "common",
                        "local number = version(key) + 1",
                        "local number = version(key)"),
                of(
                        "a concurrent lock stays concurrent",
                        "common",
                        "return live, count, mark == '1' and count > 0, sound",
                        "return live, count, false, sound"),
                // Puts.
                of("no put under a region lock", "put_rows", "if region then return 2 end", ""),
                of(
                        "no put into a locked row",
                        "put_rows",
                        "if what == 'lock' then return 3 end",
                        "if what == 'lock' then what = 'dead' end"),
                of(
                        "an absent row is filled only with proof",
                        "put_rows",
                        "if not unwritten(slices, slice, tonumber(written), newest) then return 7 end",
                        ""),
                of("only what was seen is replaced", "put_rows", "if digest ~= expected then", "if false then"),
                of(
                        "only a later version replaces",
                        "put_rows",
                        "later = replaces == '1' and is_later(entry, bytes)",
                        "later = replaces == '1'"),
                of(
                        "replacing is proven",
                        "put_rows",
                        "if not later or not unwritten(slices, slice, tonumber(written), newest) then return 5 end",
                        "if not later then return 5 end"),
                of(
                        "an insert takes what stands away",
                        "put_rows",
                        "if what == 'entry' and not same_value(bytes, entry) then",
                        "if false then"),
                of(
                        "what is replaced is told",
                        "put_rows",
                        "if code == 0 and (later or ARGV[at + 7] == '1') then tell(KEYS[5], KEYS[i]) end",
                        ""),
                // Locks.
                of("a lock is told", "lock_rows", "  tell(KEYS[5], row)\n", ""),
                of(
                        "a lock looks for who listens",
                        "rows",
                        "listened[KEYS[5]] = FOUND[3] ~= false",
                        "listened[KEYS[5]] = false"),
                of(
                        "a registration that is made anew has another name",
                        "register",
                        "ARGV[2] .. '.' .. text(MICROS)",
                        "'a.1'"),
                of(
                        "the entry stood until the lock",
                        "lock_rows",
                        "string.sub(bytes, 10, 9 + #expected) == expected then",
                        "true then"),
                // Unlocks.
                of(
                        "an unlock stores over its very lock only",
                        "unlock_rows",
                        "mine and mine[2] == lock and",
                        "mine and"),
                of(
                        "an unlock of a lock that is gone leaves a tombstone",
                        "unlock_rows",
                        "mine and mine[2] == lock and",
                        "(not mine or mine[2] == lock) and"),
                of("a concurrent lock's value is not stored", "unlock_rows", " and not concurrent", ""),
                of("others' locks stay", "unlock_rows", "if count > (mine and 1 or 0) then", "if false then"),
                of(
                        "the last of several lockers leaves a tombstone",
                        "unlock_rows",
                        "hold(row, live, true)",
                        "hold(row, live, false)"),
                of("an unlock is a write", "unlock_rows", "  mark(KEYS[4], slice, digits)\n", ""),
                of("what was not locked is told", "unlock_rows", "if not mine then tell(KEYS[5], row) end", ""),
                // Writes.
                of(
                        "slices that are lost count as written",
                        "writes",
                        "if reply ~= LENGTH then all_at(slices, digits) end",
                        ""),
                of("what was known is no newer than the newest write", "writes", "known <= newest and ", ""),
                of(
                        "a row that was written later is not unwritten",
                        "writes",
                        "(last <= known or last + LEASE <= MICROS)",
                        "true"),
                // Bulk writes.
                of(
                        "a bulk write makes older rows dead before it",
                        "lock_shard",
                        "local current = bump(KEYS[1])",
                        "local current = version(KEYS[1])"),
                of("a bulk write locks the region", "lock_shard", "hold(KEYS[2], live, others)\n", ""),
                of(
                        "a bulk write makes them dead after it again",
                        "unlock_shard",
                        "local current = bump(KEYS[1])",
                        "local current = version(KEYS[1])"),
                of(
                        "others' region locks stay",
                        "unlock_shard",
                        "  hold(KEYS[2], live, true)\n",
                        "  redis.call('DEL', KEYS[2])\n"),
                // Another memory.
                of(
                        "a renewal makes everything dead",
                        "renew_shard",
                        "if not is_same(value(KEYS[2]), now) then",
                        "if false then"),
                of("a renewal passes all numbers", "renew_shard", "math.max(current + 1, MICROS)", "current + 1"),
                of(
                        "a renewal makes results stale",
                        "renew_tables",
                        "each.late = not floor or not each.clock or each.clock < floor",
                        "each.late = not each.clock"),
                // Queries.
                of(
                        "a write is dated before its commit",
                        "lock_tables",
                        "clock_above(KEYS[1], records) + 1",
                        "clock_above(KEYS[1], records)"),
                of(
                        "a table is locked before the commit",
                        "lock_tables",
                        "  each.live[ARGV[1]] = { NOW + tonumber(ARGV[2]), '' }\n",
                        ""),
                of(
                        "a write makes results stale after it",
                        "unlock_tables",
                        "clock_above(KEYS[1], records) + 1",
                        "clock_above(KEYS[1], records)"),
                of("a table's lock is told", "lock_tables", "  tell(each.key)\n", ""),
                of(
                        "an unlock without a lock that stands is told",
                        "unlock_tables",
                        "if not each.live[ARGV[1]] then tell(each.key) end",
                        ""),
                of("a renewal of tables is told", "renew_tables", "    tell(each.key)\n", ""),
                of("others' table locks stay", "unlock_tables", "each.live[ARGV[1]] = nil", "each.live = {}"),
                of(
                        "a table's record that is lost is a new one",
                        "settle_tables",
                        "not each.clock or each.spent",
                        "each.spent"),
                of(
                        "a clock that is lost passes all records",
                        "tables",
                        "if each.clock and each.clock > clock then clock, found = each.clock, nil end",
                        ""));
    }

    private static Mutant of(String rule, String script, String with, String without) {
        return Mutant.of(rule, "lua:" + script, with, without);
    }
}
