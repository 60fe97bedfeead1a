package dev.dorm.cache.internal.jdk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sets and maps of an enum's constants, whose class even an empty one has, and sets of bits. */
@SuppressWarnings({"unchecked", "rawtypes"}) // of a class that is no enum, the JDK makes none
final class EnumKinds {

    /** One with fewer constants is of another class than one with more. */
    private static final int IN_ONE_WORD = 64;

    private EnumKinds() {}

    static void addTo(JdkElements.Registry kinds) {
        JdkKind set = new JdkKind(
                "enumset", true, EnumKinds::classOfSet, EnumKinds::names, EnumKinds::set, JdkKind.Proof.FRAME);
        kinds.add(EnumSet.noneOf(Enough.class).getClass(), set);
        kinds.add(EnumSet.noneOf(Character.UnicodeScript.class).getClass(), set);
        kinds.add(
                EnumMap.class,
                new JdkKind(
                        "enummap",
                        true,
                        EnumKinds::classOfMap,
                        EnumKinds::pairs,
                        EnumKinds::map,
                        JdkKind.Proof.FRAME_AND_ORDER));
        kinds.add(
                BitSet.class,
                new JdkKind("bits", true, EnumKinds::words, EnumKinds::longs, EnumKinds::bits, JdkKind.Proof.FRAME));
    }

    private enum Enough {}

    /** An empty set does not tell its class, but its complement has constants of it. */
    private static List<Object> classOfSet(Object value) {
        EnumSet<?> set = (EnumSet<?>) value;
        EnumSet<?> some = set.isEmpty() ? EnumSet.complementOf((EnumSet) set) : set;
        return some.isEmpty() ? List.of() : List.of(some.iterator().next().getDeclaringClass());
    }

    private static List<@Nullable Object> names(Object value) {
        List<@Nullable Object> names = new ArrayList<>();
        for (Enum<?> constant : (EnumSet<?>) value) {
            names.add(constant.name());
        }
        return names;
    }

    private static Object set(@Nullable Object type, List<@Nullable Object> names) {
        Class<Enum> constants = (Class<Enum>) Objects.requireNonNull(type);
        EnumSet set = EnumSet.noneOf(constants);
        for (Object name : names) {
            set.add(Enum.valueOf(constants, (String) Objects.requireNonNull(name)));
        }
        return set;
    }

    /** Nothing but its serialized form tells the class of an empty map. */
    private static List<Object> classOfMap(Object value) {
        @Nullable Frame frame = Frame.of(value);
        return frame == null ? List.of() : List.of(frame.classes().get(1));
    }

    private static List<@Nullable Object> pairs(Object value) {
        List<@Nullable Object> pairs = new ArrayList<>();
        for (Map.Entry<?, ?> entry : ((EnumMap<?, ?>) value).entrySet()) {
            pairs.add(((Enum<?>) entry.getKey()).name());
            pairs.add(entry.getValue());
        }
        return pairs;
    }

    private static Object map(@Nullable Object type, List<@Nullable Object> pairs) {
        Class<Enum> constants = (Class<Enum>) Objects.requireNonNull(type);
        EnumMap map = new EnumMap(constants);
        for (int i = 0; i < pairs.size(); i += 2) {
            map.put(Enum.valueOf(constants, (String) Objects.requireNonNull(pairs.get(i))), pairs.get(i + 1));
        }
        return map;
    }

    /** A set that was made with room keeps it; 0 for one that was not. */
    private static List<Object> words(Object value) {
        long words = ((BitSet) value).size() / IN_ONE_WORD;
        return words > JdkElements.most(((BitSet) value).toLongArray().length) ? List.of(0L) : List.of(0L, words);
    }

    private static List<@Nullable Object> longs(Object value) {
        List<@Nullable Object> longs = new ArrayList<>();
        for (long word : ((BitSet) value).toLongArray()) {
            longs.add(word);
        }
        return longs;
    }

    private static Object bits(@Nullable Object words, List<@Nullable Object> longs) {
        BitSet set = BitSet.valueOf(longs.stream()
                .mapToLong(word -> (Long) Objects.requireNonNull(word))
                .toArray());
        int room = JdkElements.capacity(words, longs);
        if (room == 0) {
            return set;
        }
        BitSet roomy = new BitSet(room * IN_ONE_WORD);
        roomy.or(set);
        return roomy;
    }
}
