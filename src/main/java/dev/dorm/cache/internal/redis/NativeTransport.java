package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.BackendSettings;
import java.util.Map;
import org.redisson.config.TransportMode;

/** Finds the native transport of Netty, without which Redisson cannot speak to a Unix socket. */
final class NativeTransport {

    private static final Map<TransportMode, String> CLASSES = Map.of(
            TransportMode.EPOLL, "io.netty.channel.epoll.Epoll",
            TransportMode.KQUEUE, "io.netty.channel.kqueue.KQueue");

    private NativeTransport() {}

    static TransportMode mode(BackendSettings settings, Location location) {
        return CLASSES.entrySet().stream()
                .filter(each -> available(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> settings.refused(
                        "location",
                        "unix://" + location.servers().get(0),
                        "a Unix socket needs Netty's native transport, in the version of the other Netty jars: add"
                                + " io.netty:netty-transport-native-epoll with the classifier linux-x86_64 or"
                                + " linux-aarch_64, or io.netty:netty-transport-native-kqueue with osx-x86_64 or"
                                + " osx-aarch_64"));
    }

    private static boolean available(String type) {
        try {
            return (boolean) Class.forName(type).getMethod("isAvailable").invoke(null);
        } catch (ReflectiveOperationException | LinkageError absent) {
            return false;
        }
    }
}
