package dev.dorm.cache.internal.hibernate.caller;

import java.lang.StackWalker.StackFrame;
import java.util.Optional;
import java.util.function.Predicate;

/** The frames above a question, nearest first. */
final class Callers {

    private static final StackWalker STACK = StackWalker.getInstance();

    private Callers() {}

    /** Returns whether one of the nearest frames is such a one. */
    static boolean any(int nearest, Predicate<StackFrame> such) {
        return STACK.walk(frames -> frames.limit(nearest).anyMatch(such));
    }

    /** Returns the nearest frame that is such a one, however far away. */
    static Optional<StackFrame> nearest(Predicate<StackFrame> such) {
        return STACK.walk(frames -> frames.filter(such).findFirst());
    }

    /** Returns the class of a frame, or the one that it is nested in. */
    static String outermost(StackFrame frame) {
        String name = frame.getClassName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
