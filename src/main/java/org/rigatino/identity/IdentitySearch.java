package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** Finds studies by whose they are, wherever they stand. Whoever is shown whose they are is in the trail. */
@ApplicationScoped
public class IdentitySearch {
    @Inject
    Session entities;

    @Inject
    Identities identities;

    /**
     * By Study Instance UID, the last that something was said of first.
     *
     * @throws IdentityFilter.NotForThemException where the reader looks for what they are not shown
     */
    @Transactional
    public Map<String, Identity> find(IdentityFilter filter, int most, Reader reader) {
        filter.require(reader.level());
        NativeQuery<String> query = entities.createNativeQuery(
                "select i.study_instance_uid from study_identity i where "
                        + String.join(" and ", filter.conditions(reader.level())) + " order by i.changed_at desc",
                String.class);
        filter.parameters(reader.level()).forEach(query::setParameter);
        query.setMaxResults(most);
        List<String> studies = query.getResultList();
        Map<String, Identity> whose = identities.show(studies, reader);
        Map<String, Identity> found = new LinkedHashMap<>();
        studies.forEach(study -> found.put(study, whose.get(study)));
        return found;
    }
}
