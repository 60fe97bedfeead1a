package dev.dorm.cache.simulation;

import org.jspecify.annotations.Nullable;

/** What stands between a write and those who read what it changes: from its lock until its unlock. */
final class Guard {

    private final String row;
    private final int process;

    /** Its lock was acknowledged before the commit. */
    private boolean taken;

    /** The server lost it before the unlock. */
    private boolean lost;

    /** When the write was committed; null before. */
    private @Nullable Long committedAt;

    private int order;

    private boolean told = true;
    private boolean followed = true;

    /** Its process is gone, and makes nothing good any more. */
    private boolean abandoned;

    /** When its session went on. */
    private long completedAt = Long.MAX_VALUE;

    /** When the process that wrote has made the older rows dead. */
    private long settledAt = Long.MAX_VALUE;

    /** Before that it need not be seen. */
    private long notBefore = Long.MIN_VALUE;

    Guard(String row, int process) {
        this.row = row;
        this.process = process;
    }

    String row() {
        return row;
    }

    int process() {
        return process;
    }

    void take() {
        taken = true;
    }

    boolean taken() {
        return taken;
    }

    void lose() {
        if (settledAt == Long.MAX_VALUE) {
            lost = true;
        }
    }

    boolean isLost() {
        return lost;
    }

    /** What was told of it is lost, and that is known from some time on only. */
    void notBefore(long at) {
        if (committed()) {
            notBefore = at;
        }
    }

    void commit(int commitOrder, long at) {
        order = commitOrder;
        committedAt = at;
    }

    /** Nobody told the cache of the write: it need not be seen. */
    void untold() {
        told = false;
    }

    /** No step follows the commit: it comes though it failed, or the row was not there before. */
    void followedByNothing() {
        followed = false;
    }

    void abandon() {
        abandoned = true;
    }

    boolean told() {
        return told;
    }

    /** Whatever had to be told after the commit was told, or is owed. */
    void complete(long at) {
        completedAt = at;
    }

    int order() {
        return order;
    }

    boolean committed() {
        return committedAt != null;
    }

    long committedAt() {
        return committedAt == null ? Long.MAX_VALUE : committedAt;
    }

    void settle(long at) {
        if (committed() && settledAt == Long.MAX_VALUE) {
            settledAt = at;
        }
    }

    boolean settled() {
        return settledAt < Long.MAX_VALUE;
    }

    /** Returns whether whoever reads from that time on, in a process, must see the write. */
    boolean mustBeSeen(long from, int reader) {
        boolean own = reader == process && completedAt < from && !abandoned;
        return told && from > notBefore && ((taken || own) && !lost || settledAt < from);
    }

    /** Returns whether its session went on though nothing keeps others from what was before, and nothing has told them. */
    boolean untoldAtItsEnd() {
        return owed() && !taken;
    }

    /** Returns whether it is to be made good by its process, as soon as that can. */
    boolean owed() {
        return told && committed() && !settled() && !lost && followed && !abandoned;
    }
}
