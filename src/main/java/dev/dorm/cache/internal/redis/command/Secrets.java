package dev.dorm.cache.internal.redis.command;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The passwords that must not be read in any message. */
public final class Secrets {

    static final Secrets NONE = new Secrets(List.of());

    private final Supplier<? extends Collection<String>> passwords;

    public Secrets(Collection<String> passwords) {
        this(() -> passwords);
    }

    /** Creates it for passwords that change. */
    public Secrets(Supplier<? extends Collection<String>> passwords) {
        this.passwords = passwords;
    }

    String hiddenIn(String message) {
        String hidden = message;
        for (String password : passwords.get()) {
            hidden = password.isEmpty() ? hidden : hidden.replace(password, "***");
        }
        return hidden;
    }

    /** Returns the cause, or the name and place of it when it tells a password. */
    Throwable hiddenIn(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (!message.equals(hiddenIn(message))) {
                RuntimeException told = new RuntimeException(
                        cause.getClass().getName() + ": " + hiddenIn(String.valueOf(cause.getMessage())));
                told.setStackTrace(cause.getStackTrace());
                return told;
            }
        }
        return cause;
    }

    @Override
    public String toString() {
        return "Secrets[***]";
    }
}
