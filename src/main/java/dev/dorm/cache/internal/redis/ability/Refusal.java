package dev.dorm.cache.internal.redis.ability;

import java.util.Locale;
import java.util.regex.Pattern;
import org.redisson.client.RedisException;

/** Tells from a server's words whether it refuses a command for good: to this user, to scripts, or to everybody. */
public final class Refusal {

    private static final Pattern WORDS =
            Pattern.compile("no permissions to run|unknown (redis )?(sub)?command|not allowed"
                    + "|not supported|unsupported|not permitted|not available|is disabled|forbidden|can't run this command"
                    + "|wrong number of arguments");

    /** Stands in front of what a script was told when it asked for the replication id. */
    private static final String IN_SCRIPTS = "NOINFO ";

    private static final Pattern ADDED =
            Pattern.compile("[.,;]? *(channel|command|data|script): .*|, with args beginning with: .*", Pattern.DOTALL);

    private Refusal() {}

    /**
     * Returns whether a command was refused that is sent as it is.
     *
     * @param command its name
     */
    public static boolean of(String command, Throwable failure) {
        String said = said(failure);
        return said.contains(command.toLowerCase(Locale.ROOT)) && refuses(failure, said);
    }

    /** Returns whether a command was refused that nothing else can have refused: it has no keys. */
    public static boolean ofOne(Throwable failure) {
        return refuses(failure, said(failure));
    }

    /** Returns whether a script may not ask for the replication id. */
    public static boolean ofInfoInScripts(Throwable failure) {
        return failure instanceof RedisException && told(failure).contains(IN_SCRIPTS);
    }

    /** Returns whether a user may not listen to some channels. */
    public static boolean ofChannels(Throwable failure) {
        return said(failure).matches("noperm .*channel.*");
    }

    private static boolean refuses(Throwable failure, String said) {
        // What has a class of its own is another trouble, and passes.
        return failure.getClass() == RedisException.class
                && !said.startsWith("misconf")
                && WORDS.matcher(said).find();
    }

    /** Returns the server's words, without what Redisson adds to them. */
    public static String words(Throwable failure) {
        return told(failure).replaceFirst("^.*" + IN_SCRIPTS, "");
    }

    private static String told(Throwable failure) {
        return ADDED.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
    }

    private static String said(Throwable failure) {
        return words(failure).toLowerCase(Locale.ROOT);
    }
}
