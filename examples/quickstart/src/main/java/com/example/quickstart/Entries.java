package com.example.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.net.URI;

/** Where the entries are, and how to look at them. */
final class Entries {

    private static final int WIDTH = 96;

    private final PrintStream out;
    private final String redisUrl;
    private final boolean remote;

    Entries(PrintStream out, String redisUrl, boolean remote) {
        this.out = out;
        this.redisUrl = redisUrl;
        this.remote = remote;
    }

    /** Returns the key of a country's row. */
    static String row(Application application, String code) {
        return "dormrow:" + application.cache().cacheNamespace(Country.class) + ":" + code;
    }

    void show(Application application, String prefix, String signingKey) {
        application.cache().awaitSettled();
        String key = row(application, "JP");
        byte[] entry = application.cache().backend().get(key);
        Claim.that(entry != null, "there is an entry under %s", key);
        Claim.that(application.cache().verifyPayload(entry) != null, "the entry under %s can be verified", key);
        out.println("  " + key + " holds:");
        wrapped(new String(entry, UTF_8));
        out.println();
        if (redisUrl == null && remote) {
            out.println("They stay for 15 minutes.");
            return;
        }
        if (redisUrl == null) {
            out.println("They were in the memory of this process, and are gone with it.");
            out.println("To keep them in Redis, and look at them there:");
            out.println("  examples/quickstart/run redis://localhost:6379");
            return;
        }
        out.printf("They stay in Redis for 15 minutes. To look at them%s:%n", passwordHint());
        out.printf("  URL=%s%n", withoutPassword(redisUrl));
        out.printf("  ROW=%s%n", key);
        out.printf("  redis-cli -u $URL keys 'dorm*%s*'%n", prefix);
        out.println("  redis-cli -u $URL get $ROW");
        out.println("To verify one without any Java, with the key it was signed with:");
        out.println("  redis-cli -u $URL get $ROW | python3 -c \"import hmac,sys; \\");
        out.println("    _,sig,text=sys.stdin.buffer.read()[:-1].split(b':',2); \\");
        out.printf("    print(hmac.new(b'%s',text,'sha256').hexdigest()==sig.decode())\"%n", signingKey);
    }

    private void wrapped(String text) {
        for (int i = 0; i < text.length(); i += WIDTH) {
            out.println("    " + text.substring(i, Math.min(i + WIDTH, text.length())));
        }
    }

    private String passwordHint() {
        return URI.create(redisUrl).getUserInfo() == null ? "" : " (password in REDISCLI_AUTH)";
    }

    static String withoutPassword(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }
}
