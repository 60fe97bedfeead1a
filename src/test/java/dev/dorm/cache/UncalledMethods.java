package dev.dorm.cache;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Methods that nobody calls, and that stand for none of a supertype. */
final class UncalledMethods {

    private UncalledMethods() {}

    /** Returns their names, with those of their classes, among some of the classes; the others count as callers. */
    static Set<String> among(JavaClasses classes, Predicate<JavaClass> which) {
        return classes.stream()
                .filter(which)
                .flatMap(each -> each.getMethods().stream())
                .filter(method -> !isMade(method) && !isOverride(method) && !isCalled(method))
                .map(method -> simple(method.getOwner()) + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String simple(JavaClass each) {
        return each.getName().substring(each.getPackageName().length() + 1).replace('$', '.');
    }

    /** A method that the compiler has made: of a lambda, an enum, or a record's component. */
    private static boolean isMade(JavaMethod method) {
        JavaClass owner = method.getOwner();
        boolean ofEnum = owner.isEnum() && Set.of("values", "valueOf").contains(method.getName());
        boolean ofRecord = owner.isRecord()
                && method.getRawParameterTypes().isEmpty()
                && owner.tryGetField(method.getName()).isPresent();
        return method.getModifiers().contains(JavaModifier.SYNTHETIC) || ofEnum || ofRecord;
    }

    private static boolean isOverride(JavaMethod method) {
        List<Class<?>> parameters = method.getRawParameterTypes().stream()
                .<Class<?>>map(JavaClass::reflect)
                .toList();
        return supertypes(method.getOwner().reflect())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .anyMatch(above -> above.getName().equals(method.getName())
                        && above.getParameterCount() == parameters.size()
                        && fits(above.getParameterTypes(), parameters));
    }

    /** What a type variable stands for is a subtype of its bound. */
    private static boolean fits(Class<?>[] above, List<Class<?>> parameters) {
        for (int i = 0; i < above.length; i++) {
            if (!above[i].isAssignableFrom(parameters.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Stream<Class<?>> supertypes(Class<?> type) {
        Stream<Class<?>> direct =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        return direct.flatMap(above -> Stream.concat(Stream.of(above), supertypes(above)));
    }

    private static boolean isCalled(JavaMethod method) {
        return Stream.concat(method.getCallsOfSelf().stream(), method.getReferencesToSelf().stream())
                .anyMatch(access -> !access.getOrigin().equals(method));
    }
}
