package dev.dorm.cache.internal.redis.listening;

import dev.dorm.cache.backend.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one master has said of the registrations on channels: while one stands, every script there tells what it does. Whoever
 * makes one gives it a name that no other has, so a name that is another one, or none, says that there was a time without. Thread-safe.
 *
 * <p>All times are of this process's monotonic clock, in nanoseconds.
 */
public final class Registrations {

    /** How long a registration stands that nobody renews. */
    public static final Duration LIFE = Duration.ofSeconds(10);

    private static final long PAUSE = LIFE.dividedBy(4).toNanos();

    private final Listener listener;
    private final Map<String, Known> known = new HashMap<>();

    private record Known(String name, long renewed) {}

    /**
     * What a master is asked.
     *
     * @param made the channels on which a registration is to be made, or renewed
     * @param read those of which the registration's name is to be read
     * @param asked when
     */
    public record Question(List<String> made, List<String> read, long asked) {}

    /**
     * Creates it; nothing is known.
     *
     * @param listener is told of each channel on which something may not have been told
     */
    public Registrations(Listener listener) {
        this.listener = listener;
    }

    /**
     * Returns what to ask about channels on which messages are received already. What is known of others is forgotten: they may be
     * told of elsewhere meanwhile.
     */
    public synchronized Question ask(Collection<String> channels, long now) {
        known.keySet().retainAll(Set.copyOf(channels));
        List<String> made = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (String channel : channels) {
            Known before = known.get(channel);
            (before == null || now - before.renewed >= PAUSE ? made : read).add(channel);
        }
        return new Question(made, read, now);
    }

    /**
     * Takes note of an answer.
     *
     * @param names the registrations' names, of the channels where one stands
     * @return the channels on which everything was told that happened before the question, and since they were last lost
     */
    public synchronized Set<String> answered(Question question, Map<String, String> names) {
        Set<String> standing = new HashSet<>();
        for (String channel : question.made) {
            if (stands(channel, names.get(channel), question.asked)) {
                standing.add(channel);
            }
        }
        for (String channel : question.read) {
            Known before = known.get(channel);
            if (stands(channel, names.get(channel), before == null ? question.asked - PAUSE : before.renewed)) {
                standing.add(channel);
            }
        }
        return standing;
    }

    private boolean stands(String channel, @Nullable String name, long renewed) {
        Known before = name == null ? known.remove(channel) : known.put(channel, new Known(name, renewed));
        if (name == null || before == null || !before.name.equals(name)) {
            listener.lost(channel);
        }
        return name != null;
    }
}
