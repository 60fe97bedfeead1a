package dev.dorm.cache;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The order of the packages: each may use any below it, none one above it. */
final class PackageOrder {

    private static final String TOP = "api";
    private static final List<String> BELOW = List.of("region", "coherence", "codec", "signing");
    private static final String BACKEND = "backend";
    private static final List<String> STORES = List.of("locmem", "redis");

    private PackageOrder() {}

    /** The rule for the packages under a root. */
    static ArchRule under(String root) {
        var layers = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer(TOP)
                .definedBy(root)
                .layer(BACKEND)
                .definedBy(root + ".backend")
                .whereLayer(TOP)
                .mayNotBeAccessedByAnyLayer()
                .whereLayer(BACKEND)
                .mayNotAccessAnyLayer();
        for (int i = 0; i < BELOW.size(); i++) {
            layers = layers.layer(BELOW.get(i))
                    .definedBy(root + "." + BELOW.get(i) + "..")
                    .whereLayer(BELOW.get(i))
                    .mayOnlyBeAccessedByLayers(above(i));
        }
        for (String store : STORES) {
            // The layers above may name a store, to configure it; a store knows the contract and nothing else.
            layers = layers.layer(store)
                    .definedBy(root + ".backend." + store + "..")
                    .whereLayer(store)
                    .mayOnlyAccessLayers(BACKEND);
        }
        return layers;
    }

    private static String[] above(int layer) {
        String[] above = new String[layer + 1];
        above[0] = TOP;
        for (int i = 0; i < layer; i++) {
            above[i + 1] = BELOW.get(i);
        }
        return above;
    }
}
