package dev.dorm.cache.internal.entity;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.dorm.cache.internal.dynamic.Sharing;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import dev.dorm.cache.internal.io.ValueEncoding;
import dev.dorm.cache.internal.type.TypeEncodings;
import dev.dorm.cache.internal.value.ScalarCodecs;
import java.io.IOException;
import java.io.Serializable;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * The resolutions of one natural id: <code>{"f":fingerprint,"i":id}</code>. {@code NaturalIdResolutionsImpl} puts the
 * entity's id as it is; it is disassembled and assembled here by its type.
 */
public final class NaturalIdCodec implements RowCodec {

    private static final SerializableString ID = new SerializedString("i");

    private final SessionFactoryImplementor factory;
    private final String entityName;
    private final Type idType;
    private final BodyFormat bodies;
    private final ValueEncoding id;
    private final String fingerprint;

    public NaturalIdCodec(
            SessionFactoryImplementor factory, EntityPersister root, BodyFormat bodies, TypeEncodings types) {
        this.factory = factory;
        this.entityName = root.getEntityName();
        this.idType = root.getIdentifierType();
        this.bodies = bodies;
        this.id = types.of(idType);
        this.fingerprint = new Fingerprint("natural id")
                .add(entityName)
                .add(idType.getReturnedClass().getName())
                .add(id.signature())
                .finish();
    }

    @Override
    public byte[] encode(Object value) throws UnsupportedValueException {
        Object state = idType.disassemble(value, factory);
        return bodies.write(out -> {
            out.writeStartObject();
            Fingerprint.write(out, fingerprint);
            out.writeFieldName(ID);
            try {
                id.write(out, state);
            } catch (UnsupportedValueException e) {
                throw e.at(entityName, "id");
            } catch (IOException | RuntimeException e) {
                throw UnsupportedValueException.failed(state, e).at(entityName, "id");
            }
            out.writeEndObject();
        });
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length, SharedSessionContractImplementor session)
            throws UndecodableException {
        return bodies.read(bytes, offset, length, in -> {
            BodyFormat.expect(in, JsonToken.START_OBJECT);
            Fingerprint.check(fingerprint, Fingerprint.read(in, fingerprint));
            Fingerprint.field(in, ID);
            in.nextToken();
            @Nullable Object state = id.read(in);
            BodyFormat.expectNext(in, JsonToken.END_OBJECT);
            @Nullable Object value = idType.assemble((Serializable) state, session, null);
            if (!ScalarCodecs.boxed(idType.getReturnedClass()).isInstance(value)) {
                throw BodyFormat.malformed("no id");
            }
            return value;
        });
    }

    /** The id is what sessions get, as it is. */
    @Override
    public boolean isShareable(Object value) {
        return Sharing.immutable(value);
    }
}
