package dev.dorm.cache.differential;
import java.util.List;
import org.junit.jupiter.api.Test;
class TmpIT {
    @Test void pages() {
        try (Bench bench = new Bench()) {
            bench.fill(bench.plain(), new java.util.LinkedHashSet<>(Families.of(Kind.named("Tagged"))));
            for (int page : List.of(1, 2, 1, 2, 2,1)) {
                try (Run run = new Run(bench.plain())) {
                    run.perform(new Sessions.Begin(1, Factory.A, Isolation.READ_COMMITTED, Mode.STATEFUL));
                    Outcome o = run.perform(new Queries.Ask(1, Kind.named("Tagged"), Shape.FETCH, false, page));
                    System.out.println("PAGE " + page + " " + o.seen().get(0).value());
                }
            }
        }
    }
}
