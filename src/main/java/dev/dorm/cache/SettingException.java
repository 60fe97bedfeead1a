package dev.dorm.cache;

import org.hibernate.HibernateException;

/** Says which setting is wrong, which value it was given, and what is accepted. */
public final class SettingException extends HibernateException {

    private static final long serialVersionUID = 1L;

    SettingException(String message) {
        super(message);
    }

    static SettingException of(String name, Object value, String accepted) {
        return new SettingException("Setting %s: '%s' is not accepted; expected %s".formatted(name, value, accepted));
    }
}
