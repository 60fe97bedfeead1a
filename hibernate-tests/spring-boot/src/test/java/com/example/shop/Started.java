package com.example.shop;

/** The shop, which says that it has started, and ends. */
final class Started {

    static final String SAYS = "THE SHOP HAS STARTED";

    private Started() {}

    public static void main(String[] properties) {
        try (Application shop = Application.with(properties)) {
            System.out.println(SAYS + ", " + shop.statistics().getHits());
        }
    }
}
