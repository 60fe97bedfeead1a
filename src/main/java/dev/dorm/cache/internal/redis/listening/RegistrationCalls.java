package dev.dorm.cache.internal.redis.listening;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.internal.redis.ability.Abilities;
import dev.dorm.cache.internal.redis.ability.Ability;
import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import dev.dorm.cache.internal.redis.command.Router;
import dev.dorm.cache.internal.redis.command.Script;
import dev.dorm.cache.internal.redis.listening.Registrations.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.connection.MasterSlaveEntry;

/** Asks one master for the names of registrations. What it has not got, be it another's by now, has no name there. Thread-safe. */
final class RegistrationCalls {

    /** What is longer is no name: it is not read again and again. */
    private static final int LONGEST = 64;

    /** Begins the name of a registration by which a script has told what it could not publish; see common.lua. */
    private static final String UNTOLD = "untold-";

    private final RedisClient master;
    private final Supplier<Abilities> abilities;
    private volatile boolean scriptUnknown;

    RegistrationCalls(RedisClient master, Supplier<Abilities> abilities) {
        this.abilities = abilities;
        this.master = master;
    }

    /** Returns the names; nobody is asked elsewhere. */
    CompletableFuture<Map<String, String>> names(Question question, Router router, MasterSlaveEntry entry) {
        List<RedisCommandCall> calls = new ArrayList<>();
        int loadings = 0;
        if (scriptUnknown && !question.made().isEmpty()) {
            scriptUnknown = false;
            calls.add(RedisCommandCall.load(Script.REGISTER, question.made().get(0)));
            loadings = 1;
        }
        for (List<String> channels : bySlot(question.made(), router)) {
            calls.add(RedisCommandCall.run(
                    Script.REGISTER,
                    channels,
                    Registrations.LIFE.toMillis(),
                    UUID.randomUUID().toString()));
        }
        bySlot(question.read(), router).forEach(channels -> calls.add(RedisCommandCall.mget(channels)));
        if (calls.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        List<RedisCommandCall> asked = calls.subList(loadings, calls.size());
        int from = loadings;
        return router.ofOne(entry, calls)
                .thenApply(replies -> names(asked, replies.subList(from, replies.size()), entry));
    }

    private static Collection<List<String>> bySlot(List<String> channels, Router router) {
        Map<Integer, List<String>> slots = new LinkedHashMap<>();
        for (String channel : channels) {
            slots.computeIfAbsent(router.slots().applyAsInt(channel), slot -> new ArrayList<>())
                    .add(channel);
        }
        return slots.values();
    }

    private String named(String name) {
        if (name.startsWith(UNTOLD)) {
            abilities
                    .get()
                    .refused(Ability.PUBLISH_IN_SCRIPTS, "a script that has changed a row could not publish that");
        }
        return name;
    }

    private Map<String, String> names(
            List<RedisCommandCall> calls, List<@Nullable Object> replies, MasterSlaveEntry entry) {
        Map<String, String> names = new HashMap<>();
        if (entry.getClient() != master) {
            // Another has taken its place, and perhaps answered.
            return names;
        }
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof List<?> found) {
                List<String> channels = calls.get(i).keys();
                for (int n = 0; n < channels.size(); n++) {
                    if (found.get(n) instanceof byte[] name && name.length <= LONGEST) {
                        names.put(channels.get(n), named(new String(name, ISO_8859_1)));
                    }
                }
            } else if (replies.get(i) instanceof RedisNoScriptException) {
                scriptUnknown = true;
            }
        }
        return names;
    }
}
