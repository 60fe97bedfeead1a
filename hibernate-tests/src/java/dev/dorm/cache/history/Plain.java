package dev.dorm.cache.history;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import org.hibernate.annotations.NaturalIdCache;

/** An entry without a version: an update writes all columns. */
@Entity(name = "Plain")
@Cacheable
@NaturalIdCache
class Plain extends Entry {}
