package dev.dorm.cache.internal.redis.login;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import org.redisson.client.NettyHook;

/**
 * Looks after the login of each of Redisson's connections.
 *
 * @param logins who logs in
 * @param next the hook of the application, which is called as well
 */
record LoginHook(Logins logins, NettyHook next) implements NettyHook {

    @Override
    public void afterBoostrapInitialization(Bootstrap bootstrap) {
        next.afterBoostrapInitialization(bootstrap);
    }

    @Override
    public void afterChannelInitialization(Channel channel) {
        channel.pipeline().addLast("dorm-late-login", new LateLogin(logins));
        next.afterChannelInitialization(channel);
    }
}
