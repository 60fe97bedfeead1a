package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The last rungs: H2's server, and entries in the one process that both instances then live in. */
class WithoutRedisIT {

    @Test
    void theOtherInstanceStillSeesWhatIsWritten() throws Exception {
        try (TwoInstances instances =
                TwoInstances.start(Database.h2(), Redis.none(), Programs.freePort(), Programs.freePort())) {
            Visitor a = new Visitor(instances.a());
            Visitor b = new Visitor(instances.b());
            assertThat(a.warmPage().statements()).isZero();
            int before = b.page().stock(31);

            assertThat(a.order(31, 3, "Alan").status()).isEqualTo(302);

            assertThat(b.page().stock(31)).isEqualTo(before - 3);
            assertThat(b.warmPage().statements()).isZero();
            assertThat(b.page().text()).contains("Alan");
        }
    }
}
