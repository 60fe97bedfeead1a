package dev.dorm.cache.differential;

/** A step that changes rows. */
interface Write extends Step {}
