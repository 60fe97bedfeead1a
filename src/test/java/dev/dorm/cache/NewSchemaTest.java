package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.bootstrap.NewSchema;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.tool.schema.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings say that Hibernate makes the schema anew, or empties or drops it, when it starts. */
class NewSchemaTest {

    private static final String AUTO = "hibernate.hbm2ddl.auto";
    private static final String ACTION = "jakarta.persistence.schema-generation.database.action";
    private static final String OLD_ACTION = "javax.persistence.schema-generation.database.action";
    private static final String SCRIPTS = "jakarta.persistence.schema-generation.scripts.action";

    @ParameterizedTest
    @ValueSource(strings = {"create", "create-drop", "create-only", "drop"})
    void eachActionOfHibernateThatMakesOrDropsIt(String action) {
        assertThat(NewSchema.asked(Map.of(AUTO, action))).isEqualTo(AUTO + " = " + action);
        assertThat(NewSchema.asked(Map.of(AUTO + ".orm", action))).isEqualTo(AUTO + ".orm = " + action);
    }

    /** It has no name as a setting in Hibernate 6.6; a setting may hold the action itself. */
    @Test
    void theActionThatEmptiesIt() {
        assertThat(NewSchema.asked(Map.of(AUTO, Action.TRUNCATE))).isEqualTo(AUTO + " = " + Action.TRUNCATE);
        assertThat(NewSchema.asked(Map.of(ACTION, Action.TRUNCATE))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "validate", "update"})
    void noActionOfHibernateThatLeavesWhatIsThere(String action) {
        assertThat(NewSchema.asked(Map.of(AUTO, action))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "drop", "drop-and-create"})
    void eachActionOfJpa(String action) {
        assertThat(NewSchema.asked(Map.of(ACTION, action))).isEqualTo(ACTION + " = " + action);
        assertThat(NewSchema.asked(Map.of(OLD_ACTION, action))).isEqualTo(OLD_ACTION + " = " + action);
    }

    @Test
    void jpasSettingHasTheLastWord() {
        assertThat(NewSchema.asked(Map.of(AUTO, "create", ACTION, "none"))).isNull();
        assertThat(NewSchema.asked(Map.of(AUTO, "create", SCRIPTS, "create"))).isNull();
        assertThat(NewSchema.asked(Map.of(AUTO, "none", ACTION, "create"))).isNotNull();
    }

    @Test
    void onlyCreateDropDropsItAtTheEnd() {
        assertThat(NewSchema.drops(Map.of(AUTO, "create-drop"))).isTrue();
        assertThat(NewSchema.drops(Map.of(AUTO, "create"))).isFalse();
        assertThat(NewSchema.drops(Map.of(ACTION, "drop-and-create"))).isFalse();
    }

    @Test
    void whereNothingIsSaidItStays() {
        assertThat(NewSchema.asked(new HashMap<>())).isNull();
    }
}
