package dev.dorm.cache.benchmark.walk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.dorm.cache.benchmark.walk.Domain.Identified;
import jakarta.persistence.OptimisticLockException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * REST over one resource. Each request is a session and a transaction, as Spring Data has it: what only reads is read-only,
 * a PUT is a merge, and a PATCH changes what it found.
 */
final class Rest<T extends Identified> implements HttpHandler {

    private final Resource<T> resource;
    private final SessionFactory factory;
    private final ObjectMapper mapper;

    Rest(Resource<T> resource, SessionFactory factory, ObjectMapper mapper) {
        this.resource = resource;
        this.factory = factory;
        this.mapper = mapper;
    }

    /** What is answered: a status, and the value of the body or null. */
    private record Answer(int status, @Nullable Object body) {

        static Answer of(@Nullable Object found) {
            return found == null ? new Answer(404, null) : new Answer(200, found);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            byte[] body = new byte[0];
            try {
                answer = answer(exchange);
                if (answer.body != null) {
                    body = mapper.writeValueAsBytes(answer.body);
                }
            } catch (OptimisticLockException e) {
                answer = new Answer(409, null);
            } catch (RuntimeException | LinkageError e) {
                e.printStackTrace();
                answer = new Answer(500, null);
                body = String.valueOf(e).getBytes(StandardCharsets.UTF_8);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        // /api/posts/1/tags
        String[] path = uri.getPath().substring(1).split("/");
        byte[] body = exchange.getRequestBody().readAllBytes();
        return switch (exchange.getRequestMethod()) {
            case "GET" -> path.length == 2 ? list(query(uri)) : reading(session -> read(session, path));
            case "POST" -> created(mapper.readValue(body, resource.type()));
            case "PUT" -> replaced(mapper.readValue(body, resource.type()));
            case "PATCH" -> patched(resource.id(path[2]), body);
            case "DELETE" -> deleted(resource.id(path[2]));
            default -> new Answer(405, null);
        };
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        if (uri.getQuery() != null) {
            Arrays.stream(uri.getQuery().split("&"))
                    .map(each -> each.split("=", 2))
                    .forEach(each -> query.put(each[0], each[1]));
        }
        return query;
    }

    private Answer reading(Function<Session, Answer> work) {
        return factory.fromTransaction(session -> {
            session.setHibernateFlushMode(FlushMode.MANUAL);
            session.setDefaultReadOnly(true);
            return work.apply(session);
        });
    }

    private Answer read(Session session, String[] path) {
        T found = session.find(resource.type(), resource.id(path[2]));
        if (found == null || path.length == 3) {
            return Answer.of(found);
        }
        var members = resource.members().get(path[3]);
        if (members == null) {
            return Answer.of(null);
        }
        var collection = members.apply(found);
        Hibernate.initialize(collection);
        return Answer.of(new ArrayList<>(collection));
    }

    private Answer list(Map<String, String> query) {
        return reading(session -> {
            if (query.containsKey("page")) {
                int size = Integer.parseInt(query.get("size"));
                SelectionQuery<T> page = session.createSelectionQuery(resource.page(), resource.type())
                        .setFirstResult(Integer.parseInt(query.get("page")) * size)
                        .setMaxResults(size);
                Long total = session.createSelectionQuery(resource.count(), Long.class)
                        .getSingleResult();
                return Answer.of(Map.of("total", total, "content", page.getResultList()));
            }
            boolean eager = query.containsKey("eager");
            return Answer.of(
                    session.createSelectionQuery(eager ? resource.allEagerly() : resource.all(), resource.type())
                            .setCacheable(!eager && resource.cached())
                            .getResultList());
        });
    }

    private Answer created(T sent) {
        return factory.fromTransaction(session -> {
            session.persist(sent);
            return new Answer(201, sent);
        });
    }

    private Answer replaced(T sent) {
        return factory.fromTransaction(session -> {
            // As the generated code asks whether there is one, before it saves.
            T found = session.find(resource.type(), sent.getId());
            return found == null ? Answer.of(null) : Answer.of(session.merge(sent));
        });
    }

    private Answer patched(Object id, byte[] body) {
        return factory.fromTransaction(session -> {
            T found = session.find(resource.type(), id);
            if (found != null) {
                try {
                    mapper.readerForUpdating(found).readValue(body);
                } catch (IOException e) {
                    throw new IllegalArgumentException(e);
                }
            }
            return Answer.of(found);
        });
    }

    private Answer deleted(Object id) {
        return factory.fromTransaction(session -> {
            T found = session.find(resource.type(), id);
            if (found == null) {
                return Answer.of(null);
            }
            session.remove(found);
            return new Answer(204, null);
        });
    }
}
