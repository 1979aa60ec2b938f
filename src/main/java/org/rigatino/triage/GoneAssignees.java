package org.rigatino.triage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.rigatino.access.AccessConfiguration;

/** Studies that are with somebody who was removed or disabled, or may not read the list any more: they are nobody's. */
@ApplicationScoped
class GoneAssignees {
    /** SQL that holds of such a row {@code e}, with the parameters that {@link #parameters} sets. */
    static final String GONE = "(e.assigned_to is not null and exists (select from app_user)"
            + " and not (:outside and not exists (select from app_user u where u.name = e.assigned_to))"
            + " and e.assigned_to not in (:machines)"
            + " and not exists (select from app_user u where u.name = e.assigned_to and u.disabled_at is null"
            + " and u.roles && array['coordinator', 'radiologist']))";

    @Inject
    Session entities;

    @Inject
    AccessConfiguration access;

    /** Its users are not known here. */
    @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false")
    boolean identityProvider;

    <T> NativeQuery<T> parameters(NativeQuery<T> query) {
        Set<String> machines = new HashSet<>(access.machines().keySet());
        machines.add("");
        return query.setParameter("outside", identityProvider).setParameter("machines", machines);
    }

    /** Of studies those that are with such. */
    @Transactional
    Set<String> among(Collection<String> studies) {
        return studies.isEmpty()
                ? Set.of()
                : new HashSet<>(parameters(entities.createNativeQuery(
                                "select e.study_instance_uid from worklist_entry e where e.study_instance_uid in (:studies)"
                                        + " and " + GONE,
                                String.class))
                        .setParameter("studies", studies)
                        .getResultList());
    }
}
