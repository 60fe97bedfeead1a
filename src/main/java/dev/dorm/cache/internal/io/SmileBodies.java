package dev.dorm.cache.internal.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;

/** The only class that refers to Smile, so that the library works without it. */
final class SmileBodies {

    private SmileBodies() {}

    static JsonFactory create() {
        return Bodies.hardened(SmileFactory.builder());
    }
}
