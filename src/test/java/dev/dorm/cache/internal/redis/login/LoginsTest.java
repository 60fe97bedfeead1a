package dev.dorm.cache.internal.redis.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.redisson.config.Credentials;
import org.redisson.config.CredentialsResolver;

/** Whatever a resolver does wrong fails the connection that is being made: Redisson would wait for it for ever. */
class LoginsTest {

    private static class Resolver implements CredentialsResolver {

        @Override
        public CompletionStage<Credentials> resolve(InetSocketAddress address) {
            return CompletableFuture.completedFuture(new Credentials("user", "secret"));
        }

        @Override
        public CompletionStage<Void> nextRenewal() {
            return new CompletableFuture<>();
        }
    }

    private static boolean failed(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isCompletedExceptionally();
    }

    @Test
    void oneThatThrowsFails() {
        Logins logins = new Logins(new Resolver() {
            @Override
            public CompletionStage<Credentials> resolve(InetSocketAddress address) {
                throw new IllegalStateException("no token");
            }
        });
        assertThat(failed(logins.resolve(null))).isTrue();
    }

    @Test
    void oneThatReturnsNothingFails() {
        Logins logins = new Logins(new Resolver() {
            @Override
            public CompletionStage<Credentials> resolve(InetSocketAddress address) {
                return null;
            }
        });
        assertThat(failed(logins.resolve(null))).isTrue();
    }

    @Test
    void oneThatCannotTellOfRenewalsFails() {
        Logins logins = new Logins(new Resolver() {
            @Override
            public CompletionStage<Void> nextRenewal() {
                throw new IllegalStateException("no clock");
            }
        });
        assertThat(failed(logins.nextRenewal())).isTrue();
    }

    @Test
    void whatItSaidIsKnownAsASecret() {
        Logins logins = new Logins(new Resolver());
        assertThat(failed(logins.resolve(null))).isFalse();
        assertThat(logins.passwords()).containsExactly("secret");
        assertThat(logins).asString().doesNotContain("secret");
    }
}
