package dev.dorm.cache.internal.redis.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.internal.redis.ability.Abilities;
import dev.dorm.cache.internal.redis.ability.Ability;
import dev.dorm.cache.internal.redis.proof.ReplicationInfo;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.redisson.client.handler.CommandBatchEncoder;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandEncoder;
import org.redisson.client.handler.CommandsQueue;

/** What was refused is asked for in another way, and what a server is told to be beside a script is judged by both sides of it. */
class SentRefusalsTest {

    private static final String NOPERM = "-NOPERM this user has no permissions to run the '%s' command\r\n";

    private final Abilities abilities = new Abilities("here");
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new CommandEncoder(command -> command),
            CommandBatchEncoder.INSTANCE,
            new CommandsQueue(),
            new CommandDecoder("redis"));
    private final CompletableFuture<@Nullable Object> answered = new CompletableFuture<>();

    private Sent sent(RedisCommandCall call, @Nullable Proving proving) {
        return sent(call, proving, new RedisCommandCall.Terms(abilities, "aa"));
    }

    private Sent sent(RedisCommandCall call, @Nullable Proving proving, RedisCommandCall.Terms terms) {
        Sent sent = Sent.of(channel, Server.master(null), List.of(call), false, proving, terms, answered);
        channel.writeAndFlush(sent.command());
        return sent;
    }

    private String written() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
            all.append(each.toString(UTF_8));
            each.release();
        }
        return all.toString();
    }

    private void receive(String replies) {
        channel.writeInbound(Unpooled.copiedBuffer(replies, UTF_8));
    }

    private @Nullable Throwable failure() {
        return Failures.of(answered);
    }

    private List<@Nullable Object> replies(Sent sent) {
        return sent.replies(answered.isCompletedExceptionally() ? null : answered.getNow(null), failure());
    }

    private static String info(String role, String id) {
        String text = "role:" + role + "\r\nmaster_replid:" + id + "\r\n";
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private Sent proved(String before, String behind) {
        abilities.refused(Ability.INFO_IN_SCRIPTS, "no");
        Proving proving = new Proving(new ServerMemory.Proof(null, 7, 0, 0), "dormproof:p", false);
        Sent sent = sent(RedisCommandCall.mget(List.of("a")), proving);
        assertThat(written())
                .containsSubsequence("INFO\r\n", "EVALSHA", "dormproof:p", "$2\r\naa\r\n", "INFO\r\n", "MGET");
        receive(before + "*3\r\n$2\r\naa\r\n:1\r\n$1\r\n6\r\n" + behind + "*1\r\n$-1\r\n");
        return sent;
    }

    @Test
    void aServerThatIsTheSameBeforeAndBehindIsWhatItSays() {
        Sent sent = proved(info("master", "aa"), info("master", "aa"));
        assertThat(sent.saidAround(failure())).isEqualTo(new ReplicationInfo("aa", false, false));
        assertThat(sent.proof(failure())).isInstanceOf(List.class);
    }

    @Test
    void aServerThatIsAReplicaBehindIsNoMaster() {
        Sent sent = proved(info("master", "aa"), info("slave", "aa"));
        assertThat(requireNonNull(sent.saidAround(failure())).replica()).isTrue();
    }

    @Test
    void aServerThatIsAnotherOneBehindIsAskedAgain() {
        Sent sent = proved(info("master", "aa"), info("master", "bb"));
        assertThatThrownBy(() -> sent.saidAround(failure())).isInstanceOf(Proving.Missing.class);
    }

    @Test
    void aRefusalThatIsLearnedMeanwhileChangesNothingOfWhatIsSent() {
        RedisCommandCall.Terms terms = new RedisCommandCall.Terms(abilities, "aa");
        abilities.refused(Ability.INFO_IN_SCRIPTS, "another thread was told");
        Proving proving = new Proving(new ServerMemory.Proof(null, 7, 0, 0), "dormproof:p", false);
        Sent sent = sent(RedisCommandCall.mget(List.of("a")), proving, terms);
        assertThat(written()).doesNotContain("INFO\r\n").contains("$0\r\n\r\n");
        assertThat(sent.saidAround(failure())).isNull();
    }

    @Test
    void aProofIsAskedForByTheWholeScriptWhereScriptsMayNotBeMadeKnown() {
        Proving proving = new Proving(new ServerMemory.Proof(null, 7, 0, 0), "dormproof:p", true);
        Sent sent = sent(RedisCommandCall.mget(List.of("a")), proving);
        assertThat(written()).containsSubsequence("LOAD\r\n", "EVALSHA", "MGET");
        receive(NOPERM.formatted("script") + "-NOSCRIPT No matching script.\r\n*1\r\n$-1\r\n");
        assertThat(sent.proof(failure())).isInstanceOf(RedisCommandCall.Refused.class);
        sent(RedisCommandCall.mget(List.of("a")), proving);
        assertThat(written()).doesNotContain("LOAD\r\n").contains("EVAL\r\n");
    }

    @Test
    void aScriptThatMayNotAskIsToldTheIdTheNextTime() {
        RedisCommandCall renewal = RedisCommandCall.run(Script.RENEW_SHARD, List.of("v"), "", "");
        Sent first = sent(renewal, null);
        assertThat(written()).endsWith("$0\r\n\r\n$0\r\n\r\n");
        receive("-NOINFO ERR This command is not allowed from script\r\n");
        assertThat(replies(first)).singleElement().isInstanceOf(RedisCommandCall.Refused.class);
        assertThat(abilities.refused())
                .containsOnly(
                        java.util.Map.entry(Ability.INFO_IN_SCRIPTS, "ERR This command is not allowed from script"));
        sent(renewal, null);
        assertThat(written()).endsWith("$0\r\n\r\n$2\r\naa\r\n");
    }

    @Test
    void aScriptIsSentWholeWhereItsNameIsRefused() {
        RedisCommandCall call = RedisCommandCall.run(Script.BUMP_VERSION, List.of("v", "c"));
        Sent first = sent(call, null);
        receive(NOPERM.formatted("evalsha"));
        assertThat(replies(first)).singleElement().isInstanceOf(RedisCommandCall.Refused.class);
        var unused = written();
        sent(call, null);
        assertThat(written()).contains("EVAL\r\n", Script.BUMP_VERSION.text());
    }

    @Test
    void keysAreReadByAScriptWhereMgetIsRefused() {
        RedisCommandCall call = RedisCommandCall.mget(List.of("a", "b"));
        Sent first = sent(call, null);
        receive(NOPERM.formatted("mget"));
        assertThat(replies(first)).singleElement().isInstanceOf(RedisCommandCall.Refused.class);
        var unused = written();
        sent(call, null);
        assertThat(written()).contains("EVAL\r\n", "$1\r\n2\r\n$1\r\na\r\n$1\r\nb\r\n");
    }

    @Test
    void whatPassesIsNoRefusal() {
        for (String said : List.of(
                "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
                "-READONLY You can't write against a read only replica.\r\n",
                "-LOADING Redis is loading the dataset in memory\r\n",
                "-MISCONF Commands that may modify the data set are disabled\r\n",
                "-NOPERM this user has no permissions to access one of the keys used as arguments\r\n")) {
            CompletableFuture<@Nullable Object> reply = new CompletableFuture<>();
            Sent sent = Sent.of(
                    channel,
                    Server.master(null),
                    List.of(RedisCommandCall.run(Script.BUMP_VERSION, List.of("v", "c"))),
                    false,
                    null,
                    new RedisCommandCall.Terms(abilities, "aa"),
                    reply);
            channel.writeAndFlush(sent.command());
            receive(said);
            assertThatThrownBy(() -> sent.replies(null, Failures.of(reply))).isInstanceOf(CompletionException.class);
        }
        assertThat(abilities.refused()).isEmpty();
    }
}
