package com.example.shop;

/** Why a rung cannot be had here. */
final class Skipped extends Exception {

    Skipped(String why) {
        super(why);
    }

    Skipped(Throwable cause) {
        super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
    }
}
