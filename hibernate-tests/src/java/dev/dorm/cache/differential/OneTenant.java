package dev.dorm.cache.differential;

import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/** Whose session it is when nobody says so. */
final class OneTenant implements CurrentTenantIdentifierResolver<String> {

    @Override
    public String resolveCurrentTenantIdentifier() {
        return Mode.STATEFUL.tenant();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return false;
    }
}
