package dev.dorm.cache.differential;

/** One step of a program: a record, whose components are what the step is about. It does nothing where it makes no sense. */
interface Step {

    /** Takes the step, and tells the run what was read. */
    void run(Run run);
}
