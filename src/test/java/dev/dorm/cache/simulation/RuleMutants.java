package dev.dorm.cache.simulation;

import java.util.List;
import java.util.stream.Stream;

/** The rules of {@code docs/protocol.md} as the code has them, each with what is left when it is taken away. */
final class RuleMutants {

    private RuleMutants() {}

    static List<Mutant> all() {
        return Stream.of(
                        ofSteps(),
                        ProofMutants.all(),
                        ListeningMutants.all(),
                        NearResultMutants.all(),
                        TravellingMutants.all(),
                        AlongMutants.all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> ofSteps() {
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
                        "a refresh replaces only what was met before the begin",
                        "lifetime/Refreshes",
                        "return known.since - began < 0;",
                        "return true;"),
                of(
                        "a region is locked again before a late commit",
                        "row/RegionLock",
                        "return !requested || !rows.layout().shards().stream().allMatch(this::stands);",
                        "return !requested;"),
                of(
                        "who writes refreshes nothing",
                        "row/RowPuts",
                        "String refreshed = reads ?",
                        "String refreshed = true ?"),
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
                        "what a settlement did not bring is owed",
                        "store/ResilientStore",
                        "                    repair.owe(steps);\n",
                        ""),
                of(
                        "what no lock stands for is waited for",
                        "store/Batch",
                        "if (others.isEmpty() && !awaited(sent, first)) {",
                        "if (others.isEmpty()) {"),
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
                        "clock.addLock(batch, fresh, token(), () -> acknowledged.addAll(fresh));",
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
                        "a result is not dated by what came after the begin",
                        "session/SessionTransaction",
                        "    TransactionStart began() {\n        return began;",
                        "    TransactionStart began() {\n        return new TransactionStart(began.at(), clock.begin().clock());"),
                of(
                        "a table's record that is lost is a new one",
                        "locmem/ClockSteps",
                        "return clock == 0 || spent;",
                        "return spent;"),
                of("a clock that is lost is made anew", "query/QueryTables", "|| clock.isBehind(entry.getValue())", ""),
                // Near.
                of(
                        "the near tier is off when nothing is heard for the window",
                        "near/NearRows",
                        "if (!entry.stamp().shard().serves(now)) {",
                        "if (false) {"),
                of(
                        "what is heard of a row drops it",
                        "near/NearTier",
                        "        changes.incrementAndGet(stripe(row));\n        shard.cache().invalidate(row);",
                        ""),
                of("a version that changes drops all rows", "near/NearChannel", "generation.incrementAndGet();", ""),
                of(
                        "a row is kept only if nothing was heard meanwhile",
                        "near/NearRows",
                        "tier.isUnchanged(same, stamp) ? entry : before",
                        "entry"),
                of(
                        "a lock in doubt has a latest time",
                        "row/RowNamespace",
                        "new Step.LockRow(row, token, null, Batch.latestNow(store, row.shard().versionKey()))",
                        "new Step.LockRow(row, token, null, 0)"),
                // What two rules hold, so that neither is missed alone.
                of(
                                "an entry of another version is dead",
                                "row/RowValidator",
                                "case DEAD -> miss(Counter.MISS_DEAD);",
                                "case DEAD -> open(context, row, found);")
                        .and(
                                "row/RowValidator",
                                "envelope.open(bytes, state.version(), row.key())",
                                "envelope.open(bytes, Long.parseLong(new String(bytes, 75, 16,"
                                        + " java.nio.charset.StandardCharsets.US_ASCII)), row.key())"),
                of(
                                "nothing is filled and served under a region lock",
                                "locmem/RowSteps",
                                "if (shards.locked(put.row().shard())) {\n            return new PutReply(Outcome.SHARD_LOCKED",
                                "if (false) {\n            return new PutReply(Outcome.SHARD_LOCKED")
                        .and(
                                "row/RowValidator",
                                "state.shardLocked() ? miss(Counter.MISS_LOCKED) : open(context, row, found)",
                                "open(context, row, found)"),
                of(
                                "a lock and an unlock are writes",
                                "locmem/RowSteps",
                                "        writes.mark(row, write);\n        byte[] bytes = store.get(row.key());\n        LockRecord lock",
                                "        byte[] bytes = store.get(row.key());\n        LockRecord lock")
                        .and(
                                "locmem/RowSteps",
                                "        writes.mark(row, write);\n        LockRecord lock = read(row);",
                                "        LockRecord lock = read(row);"));
    }

    private static Mutant of(String rule, String file, String with, String without) {
        return Mutant.of(rule, file, with, without);
    }
}
