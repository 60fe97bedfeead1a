package com.example.quarkus;

import dev.dorm.cache.DormCache;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.hibernate.SessionFactory;

/** The application: reads and writes products, and says what the cache did. */
@Path("/products")
@Transactional
public class Products {

    @Inject
    EntityManager entityManager;

    @Inject
    SessionFactory sessionFactory;

    @GET
    @Path("/{id}")
    public String get(long id) {
        Product found = entityManager.find(Product.class, id);
        return found == null ? "none" : found.name + " " + found.price;
    }

    @PUT
    @Path("/{id}")
    public void put(long id, @QueryParam("name") String name, @QueryParam("price") int price) {
        Product found = entityManager.find(Product.class, id);
        Product product = found == null ? new Product() : found;
        product.id = id;
        product.name = name;
        product.price = price;
        if (found == null) {
            entityManager.persist(product);
        }
    }

    @GET
    @Path("/from/{price}")
    public String names(int price) {
        List<String> names = entityManager
                .createQuery("select name from Product where price >= :price order by name", String.class)
                .setParameter("price", price)
                .setHint("org.hibernate.cacheable", true)
                .getResultList();
        return String.join(", ", names);
    }

    /** How often the database was asked, and the cache had the answer, since the start. */
    @GET
    @Path("/figures")
    public String figures() {
        var cache = DormCache.of(sessionFactory).statistics();
        return "statements " + sessionFactory.getStatistics().getPrepareStatementCount() + ", hits " + cache.getHits()
                + ", puts " + cache.getPuts();
    }
}
