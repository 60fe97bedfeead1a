package dev.dorm.cache.internal.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a query selects is read from its SQL. */
class SelectListTest {

    @Test
    void expressionsAreTold() {
        assertThat(SelectList.of("select distinct b1_0.id,coalesce(b1_0.a,?,'x, ''y'' from ') from Book b1_0"))
                .containsExactly("b1_0.id", "coalesce(b1_0.a,?,'x, ''y'' from ')");
        assertThat(SelectList.of("select (select a.x from A a),\"odd, from \" from B"))
                .containsExactly("(select a.x from A a)", "\"odd, from \"");
        assertThat(SelectList.of("select 1")).containsExactly("1");
        assertThat(SelectList.of("with c as (select 1) select a,b from c")).isEmpty();
    }

    @Test
    void oneColumnIsTold() {
        assertThat(SelectList.isOne("select b1_0.a from Book b1_0")).isTrue();
        assertThat(SelectList.isOne("select b1_0.a,b1_0.b from Book b1_0")).isFalse();
        assertThat(SelectList.isOne("select * from Book b1_0")).isFalse();
        assertThat(SelectList.isOne("select b1_0.* from Book b1_0")).isFalse();
        assertThat(SelectList.isOne("call it()")).isFalse();
    }
}
