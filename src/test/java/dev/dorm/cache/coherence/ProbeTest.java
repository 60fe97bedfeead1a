package dev.dorm.cache.coherence;
import static dev.dorm.cache.coherence.RowScope.Kind.*;
import static dev.dorm.cache.coherence.RowScope.reads;
import java.util.*;
import org.junit.jupiter.api.Test;
class ProbeTest {
    @Test void probe() {
        for (RowScope scope : List.of(
            RowScope.of(List.of(UPD), reads(0,2)).losing(),
            RowScope.of(List.of(UPD,UPD), reads(0,1)).repeating(1),
            RowScope.of(List.of(UPD), reads(0,1)).repeating(1),
            RowScope.of(List.of(DEL), reads(0,2)).repeating(1),
            RowScope.of(List.of(UPD,UPD), reads(0,2)).repeating(2),
            RowScope.of(List.of(UPD,DEL), reads(0,2)).repeating(2),
            RowScope.of(List.of(BULK), reads(0,2)).repeating(2),
            RowScope.of(List.of(BULK), reads(0,2)).losing(),
            RowScope.of(List.of(UPD), reads(0,2)).rollingBack()))
            Exploration.sample(() -> RowInterleavingsTest.world(scope), 1, 200000, System.nanoTime() + 20_000_000_000L).told(scope, "runs");
    }
}
