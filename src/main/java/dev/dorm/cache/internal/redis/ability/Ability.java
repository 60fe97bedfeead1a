package dev.dorm.cache.internal.redis.ability;

/** What a server may refuse, since there is another way. */
public enum Ability {
    /** The question for the replication id, asked by a script itself. */
    INFO_IN_SCRIPTS("INFO in scripts", "it is asked for beside the scripts"),
    /** The same, asked beside scripts. */
    INFO("INFO", "its replication id is not known, so a restart is told by what it has lost of this process's own"),
    /** The role, where INFO is refused. */
    ROLE("ROLE", "HELLO tells whether it is the master"),
    /** The role, where ROLE is refused, too. */
    HELLO("HELLO", "only a refused write tells that it is not the master"),
    /** Scripts by their names. */
    EVALSHA("EVALSHA", "each call sends a script's whole text, of up to 13 kB"),
    /** Scripts that are made known. */
    SCRIPT_LOAD("SCRIPT LOAD", "scripts are made known by EVAL"),
    /** Several keys at once. */
    MGET("MGET", "keys are read by a script"),
    /** Messages of scripts to near tiers. */
    PUBLISH_IN_SCRIPTS(
            "PUBLISH in scripts",
            "a write ends all that is kept near of its region, not its row alone; grant +publish &dormnear:* to who writes"),
    /** Messages to this process's near tier. */
    SUBSCRIBE("SUBSCRIBE", "nothing is kept near; grant +subscribe &dormnear:*, or set near to off"),
    /** The question behind which every message has come. */
    PING_WHERE_MESSAGES_COME("PING", "nothing is kept near; grant +ping, or set near to off");

    private final String command;
    private final String instead;

    Ability(String command, String instead) {
        this.command = command;
        this.instead = instead;
    }

    /** Returns whether something is lost without it, other than bytes or a command more. */
    boolean isLoss() {
        return switch (this) {
            case INFO_IN_SCRIPTS, INFO, ROLE, SCRIPT_LOAD, MGET -> false;
            case HELLO, EVALSHA, PUBLISH_IN_SCRIPTS, SUBSCRIBE, PING_WHERE_MESSAGES_COME -> true;
        };
    }

    /** Returns what is refused, in Redis's words. */
    public String command() {
        return command;
    }

    /** Returns what is done instead, and what that costs. */
    public String instead() {
        return instead;
    }
}
