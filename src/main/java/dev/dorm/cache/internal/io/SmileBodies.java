package dev.dorm.cache.internal.io;

import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;

/** The only class that refers to Smile, so that the library works without it. */
final class SmileBodies {

    private SmileBodies() {}

    static TSFBuilder<?, ?> builder() {
        return SmileFactory.builder();
    }
}
