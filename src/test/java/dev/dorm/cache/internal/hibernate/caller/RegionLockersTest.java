package dev.dorm.cache.internal.hibernate.caller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Locks that wait for a session which nobody is going to name would never be taken. */
class RegionLockersTest {

    @Test
    void anybodyElseNamesNoSession() {
        assertThat(RegionLockers.sayTheSessionNext()).isFalse();
        assertThat(BulkCleanup.isAsking()).isFalse();
        assertThat(RootTenants.areTold()).isFalse();
    }
}
