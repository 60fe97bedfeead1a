package dev.dorm.cache.simulation;

import java.util.List;
import java.util.Set;

/** The rules of {@code docs/protocol.md} as the code has them, each with what is left when it is taken away. */
final class RuleMutants {

    /**
     * One rule taken away.
     *
     * @param rule what the rule says
     * @param file the source, below {@code dev/dorm/cache/internal}
     * @param with the code that has it
     * @param without what stands there when it is gone
     */
    record Mutant(String rule, String file, String with, String without) {

        @Override
        public String toString() {
            return rule;
        }
    }

    /** Those that are found within seconds; the others take longer than a build may. */
    private static final Set<String> QUICK = Set.of(
            "a tombstone is replaced only by who had seen it before the begin",
            "a put has a latest time",
            "who is older than 30 s fills nothing",
            "a strict write fails without its lock",
            "a part proves no whole",
            "a bulk write makes older rows dead before it",
            "a session is not served what it is about to change",
            "a locked table makes results stale",
            "a table written later makes results stale",
            "a result is dated before the begin",
            "what is heard of a row drops it");

    private RuleMutants() {}

    /** Returns those that a build has the time for. */
    static List<Mutant> quick() {
        return all().stream().filter(each -> QUICK.contains(each.rule())).toList();
    }

    static List<Mutant> all() {
        return List.of(
                // Puts.
                of(
                        "a put is made under a version that was known before the begin",
                        "store/ObservedState",
                        "known == null || known.since - began.at() >= 0 ? 0 : known.version",
                        "known == null ? 0 : known.version"),
                of(
                        "a tombstone is replaced only by who had seen it before the begin",
                        "row/RowPuts",
                        "if (seen != null && !seen.before(began)) {",
                        "if (false) {"),
                of(
                        "an absent row is filled only with proof",
                        "locmem/RowSteps",
                        "kind == Kind.ABSENT && !writes.unwritten(put.row(), put.written())",
                        "false"),
                of(
                        "proof is what was known before the begin",
                        "store/SeenWrites",
                        "if (since[i] - began.at() < 0) {",
                        "if (true) {"),
                of(
                        "a put waits for the commit",
                        "session/PendingWork",
                        "if (successful) {\n            settlePuts",
                        "if (true) {\n            settlePuts"),
                of("no put into a locked row", "locmem/RowSteps", "if (kind == Kind.LOCK) {", "if (false) {"),
                of(
                        "no put under a region lock",
                        "locmem/RowSteps",
                        "if (shards.locked(put.row().shard())) {\n            return new PutReply(Outcome.SHARD_LOCKED",
                        "if (false) {\n            return new PutReply(Outcome.SHARD_LOCKED"),
                of(
                        "a put is of the version that stands",
                        "locmem/RowSteps",
                        "if (version != put.version()) {",
                        "if (false) {"),
                of(
                        "a put has a latest time",
                        "locmem/RowSteps",
                        "if (counters.passed(put.latest())) {",
                        "if (false) {"),
                of(
                        "who is older than 30 s fills nothing",
                        "store/TransactionStart",
                        "YOUNG = Duration.ofSeconds(30)",
                        "YOUNG = Duration.ofDays(1)"),
                of(
                        "only a later version replaces",
                        "backend:RowFormat",
                        "return before >= 0 && rowVersion(one, version) > before;",
                        "return true;"),
                of(
                        "who writes replaces nothing",
                        "row/RowPuts",
                        "inserted == null && context.onlyReads()",
                        "inserted == null"),
                of(
                        "replacing is proven",
                        "locmem/RowSteps",
                        "                && writes.unwritten(put.row(), put.written());",
                        "                && true;"),
                // Locks.
                of(
                        "rows are locked before the commit",
                        "session/TransactionContext",
                        "batch.sendBeforeCommit();\n        }\n        committing",
                        "}\n        committing"),
                of(
                        "a second writer makes a lock concurrent",
                        "locmem/RowSteps",
                        "lock.concurrent() || lock.tokens().othersThan(token) || shards",
                        "lock.concurrent() || shards"),
                of(
                        "the last of several lockers leaves a tombstone",
                        "locmem/RowSteps",
                        "shards.hold(row.key(), lock.tokens().live(), true);",
                        "shards.hold(row.key(), lock.tokens().live(), false);"),
                of(
                        "a concurrent lock's value is not stored",
                        "locmem/RowSteps",
                        "same && !lock.concurrent() &&",
                        "same &&"),
                of(
                        "a lock under a region lock is concurrent",
                        "locmem/RowSteps",
                        "|| shards.locked(row.shard());\n        long deadline",
                        ";\n        long deadline"),
                of(
                        "an unlock under a region lock stores nothing",
                        "locmem/RowSteps",
                        "&& !shards.locked(row.shard());\n        if (unseen",
                        ";\n        if (unseen"),
                of(
                        "an unlock stores under the version that it locked",
                        "locmem/RowSteps",
                        "&& version == unlock.version();",
                        ";"),
                of(
                        "an unlock stores over its very lock only",
                        "locmem/RowSteps",
                        "mine.write() == unlock.locked() &&",
                        ""),
                of(
                        "an unlock of a lock that is gone leaves a tombstone",
                        "locmem/RowSteps",
                        "mine != null && mine.write() == unlock.locked()",
                        "(mine == null || mine.write() == unlock.locked())"),
                of(
                        "others' locks stay",
                        "locmem/RowSteps",
                        "if (lock.stands()) {\n            shards.hold",
                        "if (false) {\n            shards.hold"),
                of(
                        "a lock is a write",
                        "locmem/RowSteps",
                        "        writes.mark(row, write);\n        byte[] bytes = store.get(row.key());\n        LockRecord lock",
                        "        byte[] bytes = store.get(row.key());\n        LockRecord lock"),
                of(
                        "an unlock is a write",
                        "locmem/RowSteps",
                        "        writes.mark(row, write);\n        LockRecord lock = read(row);",
                        "        LockRecord lock = read(row);"),
                of(
                        "a lock has a latest time",
                        "locmem/RowSteps",
                        "if (counters.passed(step.latest())) {",
                        "if (false) {"),
                of(
                        "a tombstone stays after a rollback and a delete",
                        "locmem/RowSteps",
                        "store.put(row.key(), RowFormat.tombstone(unlock.token(), write), Step.TOMBSTONE_LEASE);\n        return false;",
                        "store.remove(row.key());\n        return false;"),
                of(
                        "a commit that fails is no rollback",
                        "session/TransactionContext",
                        "if (committing && !successful) {",
                        "if (false) {"),
                of(
                        "a lock that is old is taken again before the commit",
                        "row/RowLock",
                        "return !acknowledged || now - lockedAt >= TransactionStart.FENCE.toNanos();",
                        "return !acknowledged;"),
                of("a part proves no whole", "row/RowLock", "if (written.whole()) {", "if (true) {"),
                of(
                        "the state that was changed is that of the entry",
                        "row/RowLock",
                        "origin != null && written.beganWith(origin.value()) ?",
                        "origin != null ?"),
                of(
                        "the entry stood until the lock",
                        "row/RowLock",
                        "(proof == Proof.ENTRY && unchanged)",
                        "proof == Proof.ENTRY"),
                // Bulk writes.
                of(
                        "a bulk write makes older rows dead before it",
                        "locmem/ShardSteps",
                        "long version = counters.bump(shard.versionKey());\n        LockTokens tokens = read(shard).tokens();\n        boolean others",
                        "long version = counters.version(shard.versionKey());\n        LockTokens tokens = read(shard).tokens();\n        boolean others"),
                of(
                        "a bulk write makes them dead after it again",
                        "locmem/ShardSteps",
                        "long version = counters.bump(shard.versionKey());\n        LockTokens tokens = read(shard).tokens();\n        tokens.live().remove",
                        "long version = counters.version(shard.versionKey());\n        LockTokens tokens = read(shard).tokens();\n        tokens.live().remove"),
                of(
                        "nothing is served under a region lock",
                        "row/RowValidator",
                        "state.shardLocked() ? miss(Counter.MISS_LOCKED) : open(context, row, found)",
                        "open(context, row, found)"),
                // A session and its own writes.
                of(
                        "a session is not served what it is about to change",
                        "row/CachedRows",
                        "if (context.hides(rows, row)) {\n            count",
                        "if (false) {\n            count"),
                of(
                        "a session is not served results over what it changes",
                        "query/QueryTables",
                        "context.isChanging(space) ||",
                        ""),
                // Outages.
                of(
                        "what is owed is sent before anything is read",
                        "store/Repair",
                        "return !pending.any() && renewal",
                        "return renewal"),
                of("what did not get through is owed", "store/ResilientStore", "            owe(steps);\n", ""),
                of(
                        "a strict write fails without its lock",
                        "store/Batch",
                        "                if (strict) {\n                    throw",
                        "                if (false) {\n                    throw"),
                // Another memory.
                of(
                        "everything is renewed in another epoch of the server",
                        "store/Renewal",
                        "&& last.epoch == epoch",
                        ""),
                of(
                        "a reply from another epoch of the server is not believed",
                        "store/ResilientStore",
                        "if (replies == null || current.serverEpoch() == epoch) {",
                        "if (true) {"),
                // Queries.
                of(
                        "a write is announced before its commit",
                        "query/TableLocks",
                        "clock.addLock(batch, fresh, token());",
                        ""),
                of(
                        "a write makes results stale after it",
                        "locmem/ClockSteps",
                        "above(unlock.clock(), records) + 1",
                        "above(unlock.clock(), records)"),
                of(
                        "a locked table makes results stale",
                        "backend:TableState",
                        "clock != 0 && tokens.isEmpty() && clock <= stamp",
                        "clock != 0 && clock <= stamp"),
                of(
                        "a table written later makes results stale",
                        "backend:TableState",
                        "tokens.isEmpty() && clock <= stamp",
                        "tokens.isEmpty()"),
                of(
                        "a result is dated before the begin",
                        "session/SessionContext",
                        "return began().clock();",
                        "return began().clock() + 2;"),
                of(
                        "a table's record that is lost is a new one",
                        "locmem/ClockSteps",
                        "return clock == 0 || spent;",
                        "return spent;"),
                of(
                        "the first result of a query in a transaction stays",
                        "query/PendingResults",
                        "return entries.putIfAbsent(put.resultKey(), put.entry()) == null;",
                        "return entries.put(put.resultKey(), put.entry()) == null;"),
                // Near.
                of(
                        "the near tier is off when nothing is heard for the window",
                        "near/NearRows",
                        "if (!tier.serves(now)) {",
                        "if (false) {"),
                of(
                        "what is heard of a row drops it",
                        "near/NearTier",
                        "        changes.incrementAndGet(stripe(row));\n        shard.cache().invalidate(row);",
                        ""),
                of("a version that changes drops all rows", "near/NearShard", "generation.incrementAndGet();", ""),
                of(
                        "a row is kept only if nothing was heard meanwhile",
                        "near/NearRows",
                        "tier.isUnchanged(same, stamp) ? entry : before",
                        "entry"),
                of(
                        "a lost connection empties the tier",
                        "near/NearTier",
                        "        epoch++;\n        servesUntil = null;\n        caches.forEach(Cache::invalidateAll);",
                        ""));
    }

    private static Mutant of(String rule, String file, String with, String without) {
        return new Mutant(rule, file, with, without);
    }
}
