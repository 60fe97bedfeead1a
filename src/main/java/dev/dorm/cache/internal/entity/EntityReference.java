package dev.dorm.cache.internal.entity;

import org.hibernate.persister.entity.EntityPersister;

/**
 * An entity that something cached refers to.
 *
 * @param entity the entity it is, or one above it in its hierarchy
 * @param id its id
 */
public record EntityReference(EntityPersister entity, Object id) {}
