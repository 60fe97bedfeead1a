package dev.dorm.cache.internal.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.time.WallClock;
import java.io.IOException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times that are right only in the time zones in which a process reads what has none, since they do not tell
 * what their column holds: {@code [zones, value]}. Processes in other zones ask their database.
 */
public final class ZonedValues {

    private final SessionFactoryImplementor factory;

    public ZonedValues(SessionFactoryImplementor factory) {
        this.factory = factory;
    }

    void write(JsonGenerator out, Object value, TaggedEncoding open) throws IOException, UnsupportedValueException {
        out.writeStartArray();
        out.writeString(zones());
        open.writeTagged(out, value);
        out.writeEndArray();
    }

    @Nullable
    Object read(JsonParser in, TaggedEncoding open) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        in.nextToken();
        if (!BodyFormat.text(in).equals(zones())) {
            throw new UndecodableException(Reason.OTHER_ZONE, "a value of another time zone");
        }
        BodyFormat.expectNext(in, JsonToken.START_OBJECT);
        @Nullable Object value = open.readTagged(in);
        BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        return value;
    }

    private String zones() {
        return WallClock.zones(factory.getSessionFactoryOptions().getJdbcTimeZone());
    }
}
