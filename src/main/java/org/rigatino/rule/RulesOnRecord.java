package org.rigatino.rule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.Session;

/** Texts of rules that a process followed. */
@ApplicationScoped
public class RulesOnRecord {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    @Inject
    Session entities;

    /** The bytes of the file; empty where no process followed it. @param sha256 in hex */
    @Transactional
    public Optional<byte[]> text(String sha256) {
        if (!DIGEST.matcher(sha256).matches()) {
            return Optional.empty();
        }
        return entities
                .createNativeQuery("select text from house_rules where sha256 = :sha256", byte[].class)
                .setParameter("sha256", sha256)
                .getResultList()
                .stream()
                .findFirst();
    }
}
