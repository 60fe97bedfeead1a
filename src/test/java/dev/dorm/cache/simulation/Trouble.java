package dev.dorm.cache.simulation;

import java.time.Duration;

/**
 * What happens to one message.
 *
 * @param who the session or the background whose message it is
 * @param message which of its messages, from 0
 * @param kind what happens
 * @param time for how long, where that matters
 */
record Trouble(String who, int message, Kind kind, Duration time) {

    enum Kind {
        LOSE_REQUEST,
        LOSE_REPLY,
        DELAY_REQUEST,
        DELAY_REPLY,
        DOUBLE
    }
}
