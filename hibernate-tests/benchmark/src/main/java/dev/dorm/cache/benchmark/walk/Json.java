package dev.dorm.cache.benchmark.walk;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;

/** JSON of entities: what is not loaded is left out, and an entity that is not loaded is its id. */
final class Json {

    private Json() {}

    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .addModule(new SimpleModule()
                        .addSerializer(HibernateProxy.class, new Proxies())
                        .addSerializer(Instant.class, ToStringSerializer.instance)
                        .addSerializer(LocalDate.class, ToStringSerializer.instance)
                        .addDeserializer(Instant.class, new Parsed<>(Instant::parse))
                        .addDeserializer(LocalDate.class, new Parsed<>(LocalDate::parse))
                        .setSerializerModifier(new LoadedOnly()))
                .build();
    }

    private static final class Parsed<T> extends JsonDeserializer<T> {
        private final Function<String, T> parse;

        Parsed(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parse.apply(parser.getText());
        }
    }

    private static final class Proxies extends JsonSerializer<HibernateProxy> {
        @Override
        public void serialize(HibernateProxy proxy, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            LazyInitializer initializer = proxy.getHibernateLazyInitializer();
            if (initializer.isUninitialized()) {
                json.writeStartObject();
                json.writeObjectField("id", initializer.getIdentifier());
                json.writeEndObject();
            } else {
                provider.defaultSerializeValue(initializer.getImplementation(), json);
            }
        }
    }

    private static final class LoadedOnly extends BeanSerializerModifier {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
            properties.replaceAll(
                    property -> property.getType().isCollectionLikeType() ? new Loaded(property) : property);
            return properties;
        }
    }

    private static final class Loaded extends BeanPropertyWriter {
        @Serial
        private static final long serialVersionUID = 1;

        Loaded(BeanPropertyWriter property) {
            super(property);
        }

        @Override
        public void serializeAsField(Object bean, JsonGenerator json, SerializerProvider provider) throws Exception {
            if (Hibernate.isInitialized(get(bean))) {
                super.serializeAsField(bean, json, provider);
            }
        }
    }
}
