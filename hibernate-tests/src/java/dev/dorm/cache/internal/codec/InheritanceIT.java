package dev.dorm.cache.internal.codec;

import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorType;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of inheritance, versions of every kind, and attributes in a second table. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class InheritanceIT extends CodecLines {

    /** What is no entity itself. */
    @MappedSuperclass
    abstract static class Base<T> {
        @Id
        @GeneratedValue
        Long id;

        @Version
        T version;

        String name = "base";
    }

    @Entity(name = "Single")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    static class Single extends Base<Integer> {}

    @Entity(name = "SingleSub")
    static class SingleSub extends Single {
        String sub;
    }

    @Entity(name = "SingleSubSub")
    static class SingleSubSub extends SingleSub {
        @ManyToOne
        Single other;
    }

    @Entity(name = "Numbered")
    @DiscriminatorColumn(discriminatorType = DiscriminatorType.INTEGER)
    @DiscriminatorValue("1")
    static class Numbered extends Base<Short> {}

    @Entity(name = "NumberedSub")
    @DiscriminatorValue("2")
    static class NumberedSub extends Numbered {
        BigDecimal sub;
    }

    @Entity(name = "Joined")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Joined extends Base<Long> {}

    @Entity(name = "JoinedSub")
    static class JoinedSub extends Joined {
        String sub;
    }

    @Entity(name = "PerClass")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    abstract static class PerClass extends Base<Instant> {}

    @Entity(name = "PerClassOne")
    static class PerClassOne extends PerClass {
        String sub;
    }

    @Entity(name = "PerClassTwo")
    static class PerClassTwo extends PerClass {
        Integer sub;
    }

    @Entity(name = "TwoTables")
    @SecondaryTable(name = "second")
    static class TwoTables extends Base<java.sql.Timestamp> {
        @Column(table = "second")
        String second;
    }

    @Entity(name = "Pointing")
    static class Pointing {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne
        Single single;

        @ManyToOne
        PerClass perClass;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {
            Single.class, SingleSub.class, SingleSubSub.class, Numbered.class, NumberedSub.class, Joined.class,
            JoinedSub.class, PerClass.class, PerClassOne.class, PerClassTwo.class, TwoTables.class, Pointing.class
        };
    }

    @Override
    Stream<Line> lines() {
        return Stream.of(
                        Line.of(Single::new).line("single table, root", e -> {}),
                        Line.of(SingleSub::new).line("single table, subclass", e -> e.sub = "s"),
                        Line.of(SingleSubSub::new)
                                .withOthers("single table, its subclass", e -> List.of(e.other = new SingleSub())),
                        Line.of(Numbered::new).line("single table by number, root", e -> {}),
                        Line.of(NumberedSub::new).line("single table by number", e -> e.sub = BigDecimal.TEN),
                        Line.of(Joined::new).line("joined, root", e -> {}),
                        Line.of(JoinedSub::new).line("joined, subclass", e -> e.sub = "j"),
                        Line.of(PerClassOne::new).line("table per class", e -> e.sub = "1"),
                        Line.of(PerClassTwo::new).line("table per class, another of that name", e -> e.sub = 2),
                        Line.of(TwoTables::new).line("second table", e -> e.second = "2nd"),
                        Line.of(TwoTables::new).line("second table, no row", e -> {}),
                        Line.of(Pointing::new)
                                .withOthers("to-one of a root", e -> List.of(e.single = new SingleSubSub())),
                        Line.of(Pointing::new)
                                .withOthers(
                                        "to-one of an abstract class", e -> List.of(e.perClass = new PerClassTwo())))
                .flatMap(Line.Lines::stream);
    }
}
