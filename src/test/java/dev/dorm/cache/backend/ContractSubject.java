package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the parts of {@link BackendContract} work on, and the few words they say it in. */
public interface ContractSubject {

    /** The store under test. */
    Backend backend();

    /** Another backend over the same store. */
    Backend other();

    /** Returns when the given time has passed by the store's clock; never asked for more than a second. */
    void elapse(Duration duration);

    /** The store's clock, give or take some seconds, in milliseconds since 1970. */
    long storeMillis();

    /** What the kit's keys have in common, for a store that others use too; letters and digits. */
    default String prefix() {
        return "kit";
    }

    /** A namespace that no other test uses. */
    default Namespace namespace() {
        return backend().layout().namespace("dormqs:" + prefix() + "." + UUID.randomUUID());
    }

    /** A row that no other test uses, in a namespace whose version is there. */
    default Row row() {
        Row row = namespace().row("1");
        backend().run(new Step.ReadVersion(row.shard()));
        return row;
    }

    /** A query clock that no other test uses. */
    default Clock clock() {
        return backend().layout().clock(prefix() + UUID.randomUUID());
    }

    default long version(Row row) {
        return backend().run(new Step.ReadVersion(row.shard()));
    }

    default RowState read(Row row) {
        return other().run(new Step.ReadRows(List.of(row))).get(0);
    }

    default String text(Row row) {
        byte[] bytes = other().get(row.key());
        return bytes == null ? "" : new String(bytes, ISO_8859_1);
    }

    default void write(String key, String text) {
        other().set(key, text.getBytes(UTF_8), Duration.ZERO);
    }

    default PutReply put(Row row, long version, byte[] entry, String expected) {
        return backend().run(putting(row, version, entry, Duration.ZERO, expected));
    }

    /** Returns the step that puts an entry for somebody who knows of all writes by now. */
    default Step.PutRow putting(Row row, long version, byte[] entry, Duration timeout, String expected) {
        long written = read(row).written();
        return new Step.PutRow(row, version, written, entry, timeout, expected, false, null, Step.ANY_TIME, false);
    }

    default PutReply put(Row row, long version, byte[] entry) {
        return put(row, version, entry, null);
    }

    default long lock(Row row, String token) {
        return backend().run(new Step.LockRow(row, token)).version();
    }

    default boolean unlock(Row row, String token, long version, byte[] entry) {
        return backend().run(unlocking(row, token, version, entry));
    }

    /** Returns the step that unlocks a row as its lock now stands. */
    default Step.UnlockRow unlocking(Row row, String token, long version, byte[] entry) {
        return new Step.UnlockRow(row, token, number(row, token), version, entry, Duration.ZERO);
    }

    /** Returns the number of a token's lock on a row, 0 when there is none. */
    default long number(Row row, String token) {
        Matcher lock = Pattern.compile("\\|" + token + "=\\d+\\.(\\d+)").matcher(text(row));
        return lock.find() ? Long.parseLong(lock.group(1)) : 0;
    }

    /** What makes an entry unlike every other one. */
    private static String stamp() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    /** An entry in the form of {@link RowFormat}; its signature is of no interest to a backend. */
    default byte[] entry(Row row, long version, String body) {
        return (RowFormat.ENTRY + "ab".repeat(32) + ":v" + version + "|" + stamp() + "|" + row.key() + "|" + body)
                .getBytes(UTF_8);
    }

    /** An entry that shows a version of its row. */
    default byte[] entry(Row row, long version, String rowVersion, String body) {
        String head = ":v" + version + "|" + stamp() + rowVersion + "|";
        return (RowFormat.ENTRY + "ab".repeat(32) + head + row.key() + "|" + body).getBytes(UTF_8);
    }

    /** A lock record with one token, whose deadline is so far from now. */
    default String lockRecord(String token, Duration fromNow) {
        return RowFormat.LOCK + "0|" + token + "=" + (storeMillis() + fromNow.toMillis()) + ".7";
    }

    default String digest(String text) {
        return RowFormat.digest(text.getBytes(UTF_8));
    }
}
