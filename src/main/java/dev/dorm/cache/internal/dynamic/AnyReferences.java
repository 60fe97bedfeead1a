package dev.dorm.cache.internal.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dorm.cache.internal.hibernate.Entries;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UndecodableException.Reason;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Function;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.AnyType.ObjectTypeCacheEntry;
import org.hibernate.type.BasicType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * What {@code AnyType.disassemble} gives: {@code [entity name, id]}. The name is looked up in the metamodel. The id is
 * the target's, which Hibernate does not disassemble: it is here, by its own type.
 */
public final class AnyReferences {

    private final SessionFactoryImplementor factory;
    private final Function<Type, ValueEncoding> types;

    public AnyReferences(SessionFactoryImplementor factory, Function<Type, ValueEncoding> types) {
        this.factory = factory;
        this.types = types;
    }

    @SuppressWarnings("NullAway") // no session and no owner: an id needs neither
    void write(JsonGenerator out, ObjectTypeCacheEntry entry, TaggedEncoding open)
            throws IOException, UnsupportedValueException {
        out.writeStartArray();
        String name = Entries.anyEntityName(entry);
        out.writeString(name);
        Type type = factory.getRuntimeMetamodels()
                .getMappingMetamodel()
                .getEntityDescriptor(name)
                .getIdentifierType();
        if (type instanceof BasicType<?>) {
            types.apply(type).write(out, type.disassemble(Entries.anyId(entry), null, null));
        } else {
            open.write(out, Entries.anyId(entry));
        }
        out.writeEndArray();
    }

    @SuppressWarnings("NullAway")
    Object read(JsonParser in, TaggedEncoding open) throws IOException, UndecodableException {
        BodyFormat.expect(in, JsonToken.START_ARRAY);
        in.nextToken();
        String name = BodyFormat.text(in);
        @Nullable
        EntityPersister entity =
                factory.getRuntimeMetamodels().getMappingMetamodel().findEntityDescriptor(name);
        if (entity == null) {
            throw new UndecodableException(Reason.UNKNOWN_NAME, "no such entity");
        }
        in.nextToken();
        Type type = entity.getIdentifierType();
        @Nullable
        Object id = type instanceof BasicType<?>
                ? type.assemble((Serializable) types.apply(type).read(in), null, null)
                : open.read(in);
        BodyFormat.expectNext(in, JsonToken.END_ARRAY);
        if (!ScalarCodecs.boxed(type.getReturnedClass()).isInstance(id)) {
            throw BodyFormat.malformed("not an id of the entity");
        }
        return Entries.any(name, id);
    }
}
