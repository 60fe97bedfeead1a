package dev.dorm.cache;

import dev.dorm.cache.backend.BackendSettings;
import java.util.List;
import org.hibernate.HibernateException;
import org.jspecify.annotations.Nullable;

/**
 * Says which settings are wrong, what each was given, and what is accepted. The session factory is not built.
 *
 * <p>All that is wrong with a session factory's settings is told at once.
 */
public final class SettingException extends HibernateException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, one sentence for each setting. */
    private final List<String> problems;

    public SettingException(String problem) {
        this(problem, null);
    }

    public SettingException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
    }

    public SettingException(List<String> problems) {
        super("%d settings are wrong:%n- %s"
                .formatted(problems.size(), String.join(System.lineSeparator() + "- ", problems)));
        this.problems = List.copyOf(problems);
    }

    public static SettingException of(String name, Object value, String expected) {
        return new SettingException(BackendSettings.refusal(name, value, expected));
    }

    /**
     * Returns what is wrong.
     *
     * @return one sentence for each setting
     */
    public List<String> problems() {
        return problems;
    }
}
