package dev.dorm.cache.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.codec.UndecodableException.Reason;
import java.io.IOException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.AnyType.ObjectTypeCacheEntry;
import org.jspecify.annotations.Nullable;

/**
 * What {@code AnyType.disassemble} gives: {@code [entity name, id]}. The name is looked up in the metamodel. The id is
 * the target's id as it is, for Hibernate does not disassemble it.
 */
final class AnyReferences {

    private final SessionFactoryImplementor factory;

    AnyReferences(SessionFactoryImplementor factory) {
        this.factory = factory;
    }

    void write(JsonGenerator out, ObjectTypeCacheEntry entry, OpenEncoding open)
            throws IOException, UnsupportedValueException {
        out.writeStartArray();
        out.writeString(Entries.anyEntityName(entry));
        open.write(out, Entries.anyId(entry));
        out.writeEndArray();
    }

    Object read(JsonParser in, OpenEncoding open) throws IOException, UndecodableException {
        Bodies.expect(in, JsonToken.START_ARRAY);
        in.nextToken();
        String name = OpenEncoding.text(in);
        @Nullable
        EntityPersister entity =
                factory.getRuntimeMetamodels().getMappingMetamodel().findEntityDescriptor(name);
        if (entity == null) {
            throw new UndecodableException(Reason.UNKNOWN_NAME, "no such entity");
        }
        in.nextToken();
        @Nullable Object id = open.read(in);
        Bodies.expectNext(in, JsonToken.END_ARRAY);
        if (!Leaves.boxed(entity.getIdentifierType().getReturnedClass()).isInstance(id)) {
            throw Bodies.malformed("not an id of the entity");
        }
        return Entries.any(name, id);
    }
}
