package com.example.jakarta;

import dev.dorm.cache.DormCache;
import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** The application: reads and writes products in JTA transactions, and says what the cache did. */
@Path("/products")
@RequestScoped
@Transactional
public class Products {

    @PersistenceContext
    private EntityManager entityManager;

    @PersistenceUnit
    private EntityManagerFactory factory;

    @GET
    @Path("/{id}")
    public String get(@PathParam("id") long id) {
        return String.valueOf(entityManager.find(Product.class, id));
    }

    @PUT
    @Path("/{id}")
    public void put(@PathParam("id") long id, @QueryParam("name") String name, @QueryParam("price") int price) {
        Product product = entityManager.find(Product.class, id);
        if (product == null) {
            product = new Product(id);
            entityManager.persist(product);
        }
        product.change(name, price);
    }

    /** Writes, and takes it back. */
    @PUT
    @Path("/{id}/in-vain")
    public void putInVain(@PathParam("id") long id, @QueryParam("price") int price) {
        entityManager.find(Product.class, id).change("nothing", price);
        entityManager.flush();
        throw new IllegalStateException("rolled back, as it was meant to be");
    }

    @GET
    @Path("/from/{price}")
    public String names(@PathParam("price") int price) {
        List<String> names = entityManager
                .createQuery("select name from Product where price >= :price order by name", String.class)
                .setParameter("price", price)
                .setHint("org.hibernate.cacheable", true)
                .getResultList();
        return String.join(", ", names);
    }

    /** How often the cache had what was asked for, since the application was deployed. */
    @GET
    @Path("/hits")
    public long hits() {
        return DormCache.of(factory).statistics().getHits();
    }
}
