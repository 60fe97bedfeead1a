package dev.dorm.cache.differential;

/**
 * What is wrong with a program's run.
 *
 * @param what the unit that was read, or what else differs: the same for what has the same cause, if we are lucky
 * @param text what was expected, and what there was instead
 */
record Finding(String what, String text) {}
