package com.example.shop;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where the shop sells: it shows what there is, and takes orders. */
@Service
public class Storefront {

    private final Categories categories;
    private final Products products;
    private final Purchases purchases;
    private final Instance instance;

    Storefront(Categories categories, Products products, Purchases purchases, Instance instance) {
        this.categories = categories;
        this.products = products;
        this.purchases = purchases;
        this.instance = instance;
    }

    public record Group(String name, List<Item> items) {}

    public record Item(long id, String name, String description, BigDecimal price, int stock) {}

    public record Sale(long id, String product, String customer, int quantity, String writtenBy) {}

    public record Shown(List<Group> groups, List<Sale> sales) {}

    /** An order that cannot be filled; the message is for the customer. */
    public static class RefusedOrder extends RuntimeException {
        RefusedOrder(String message) {
            super(message);
        }
    }

    @Transactional(readOnly = true)
    public Shown show() {
        List<Group> groups = categories.findAllByOrderByName().stream()
                .map(category -> new Group(
                        category.getName(),
                        category.getProducts().stream().map(Storefront::item).toList()))
                .toList();
        List<Sale> sales = purchases.findTop6ByOrderByIdDesc().stream()
                .map(Storefront::sale)
                .toList();
        return new Shown(groups, sales);
    }

    @Transactional
    public long order(long id, int quantity, String customer) {
        Product product = products.findById(id).orElseThrow(() -> new RefusedOrder("There is no such product."));
        if (product.getStock() < quantity) {
            throw new RefusedOrder("Only %d of %s are left.".formatted(product.getStock(), product.getName()));
        }
        product.take(quantity);
        return purchases
                .save(new Purchase(product, customer, quantity, instance.name()))
                .getId();
    }

    private static Item item(Product product) {
        return new Item(
                product.getId(), product.getName(), product.getDescription(), product.getPrice(), product.getStock());
    }

    private static Sale sale(Purchase purchase) {
        return new Sale(
                purchase.getId(),
                purchase.getProduct().getName(),
                purchase.getCustomer(),
                purchase.getQuantity(),
                purchase.getWrittenBy());
    }
}
