package dev.dorm.cache.internal.redis.login;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnection;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.config.Credentials;

/**
 * Logs a connection in again whose credentials were renewed while it was being opened: Redisson waits for the next renewal only once it
 * is open. Nobody else has the connection yet, so that no command comes before.
 */
final class LateLogin extends ChannelDuplexHandler {

    private final Logins logins;
    private @Nullable String password;
    private boolean open;

    LateLogin(Logins logins) {
        this.logins = logins;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof CommandData<?, ?> command
                && command.getCommand().getName().equals(RedisCommands.AUTH.getName())) {
            Object[] words = command.getParams();
            password = String.valueOf(words[words.length - 1]);
        }
        var unused = context.write(message, promise);
    }

    /** Redisson lets this through when the connection is open and has logged in. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        open = true;
        logins.opened();
        if (password != null && logins.isRenewedSince(password)) {
            RedisConnection connection = RedisConnection.getFrom(context.channel());
            var unused = logins.resolve(connection.getRedisClient().getAddr())
                    .thenCompose(credentials -> connection.async(RedisCommands.AUTH, words(credentials)))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            close(context);
                        }
                    });
        }
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (open) {
            open = false;
            logins.closed();
        }
        context.fireChannelInactive();
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }

    private static Object[] words(Credentials credentials) {
        return credentials.getUsername() == null
                ? new Object[] {credentials.getPassword()}
                : new Object[] {credentials.getUsername(), credentials.getPassword()};
    }
}
