package org.rigatino.rule;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.audit.ProcessRole;
import org.rigatino.refusal.Refusal;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ReleasesAtHand;

/** The rules of the house as this process follows them. Safe for use by several threads. */
@ApplicationScoped
public class RulesInForce {
    private static final Logger LOG = Logger.getLogger(RulesInForce.class);

    @Inject
    RulesConfiguration configuration;

    @Inject
    ReleasesAtHand releases;

    @Inject
    Followed followed;

    private volatile HouseRules rules = HouseRules.NONE;
    private volatile RuleText problem;
    /** What the look before found. */
    private String foundLast;
    /** What was taken, or told to be wrong, last. */
    private String told;

    /** Before anybody asks. @throws IllegalArgumentException where the file is wrong */
    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        follow(read());
        told = rules.sha256();
    }

    /** As they were two seconds ago, or three. */
    public HouseRules latest() {
        return rules;
    }

    /** Why the file that is there now is not followed; empty where it is. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem).map(RuleText::english);
    }

    /**
     * @param warnings of the rules that are followed
     * @param apart who follows others
     */
    public RulesView view(List<RuleWarning> warnings, Optional<RuleText> apart) {
        String harm = Stream.concat(
                        warnings.stream().filter(RuleWarning::harms).map(RuleWarning::getText),
                        apart.map(RuleText::english).stream())
                .collect(Collectors.joining("; "));
        RuleText wrong = problem != null || harm.isEmpty() ? problem : RuleWords.AS_IT_IS.of(harm);
        return new RulesView(rules.sha256(), problem == null, wrong, apart.orElse(null), warnings, rules.described());
    }

    /** What two looks in succession find is followed: a file may be in the middle of being written. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        String found = found();
        boolean settled = found.equals(foundLast);
        foundLast = found;
        if (settled && !found.equals(told)) {
            told = found;
            take(found);
        }
    }

    /** A digest of the file, or why it has none. */
    private String found() {
        try {
            return configuration.file().map(RulesFile::sha256).orElse("");
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** A file that is wrong is told once, and the rules of before stay. */
    private void take(String found) {
        try {
            HouseRules now = read();
            if (!now.sha256().equals(found)) {
                told = null;
                return;
            }
            problem = null;
            if (!now.sha256().equals(rules.sha256())) {
                follow(now);
            }
        } catch (IllegalArgumentException e) {
            tell(RuleReason.said(e));
        } catch (RuntimeException e) {
            // The record is away: it is tried again.
            told = null;
            tell(RuleReason.NOT_ON_RECORD.refusal(String.valueOf(e.getMessage())));
        }
    }

    private void tell(Refusal said) {
        RuleText why = new RuleText(said);
        if (!why.equals(problem)) {
            LOG.errorf("%s. The rules of before stay in force", why);
        }
        problem = why;
    }

    private HouseRules read() {
        HouseRules read = HouseRules.read(configuration);
        List<String> models = read.isEmpty() ? List.of() : models();
        if (!models.isEmpty()) {
            read.requireReleases(models);
        }
        return read;
    }

    /** None where this process has no releases, as one that only receives. */
    private List<String> models() {
        try {
            return releases.all().stream().map(ModelRelease::model).toList();
        } catch (IOException e) {
            LOG.debugf("no releases to hold the rules against: %s", e.getMessage());
            return List.of();
        }
    }

    private void follow(HouseRules now) {
        followed.record(now);
        rules = now;
        if (!now.isEmpty()) {
            LOG.infof("follows %d rules of the house, sha256 %s", now.count(), now.sha256());
        }
    }

    /** What this process has followed, in the trail: by its source and its roles. */
    @ApplicationScoped
    static class Followed {
        @Inject
        EntityManager entities;

        @Inject
        AuditTrail audit;

        @Inject
        AuditSource source;

        @Inject
        @ConfigProperty(name = ProcessRole.PROPERTY, defaultValue = ProcessRole.ALL)
        Set<ProcessRole> roles;

        private boolean houseHasRules() {
            return (Boolean) entities.createNativeQuery("select exists (select 1 from house_rules)")
                    .getSingleResult();
        }

        /** Once each, whichever process is the first. */
        private void keep(HouseRules now) {
            if (!now.isEmpty()) {
                entities.createNativeQuery(
                                "insert into house_rules (sha256, text) values (:sha256, :text) on conflict do nothing")
                        .setParameter("sha256", now.sha256())
                        .setParameter("text", now.text())
                        .executeUpdate();
            }
        }

        /**
         * A row where they differ from those that a process of these roles followed last: of none, where this is the first
         * and others follow some.
         */
        @Transactional
        void record(HouseRules now) {
            keep(now);
            String process =
                    "roles " + roles.stream().map(ProcessRole::name).sorted().collect(Collectors.joining(", ")) + ": ";
            String none = process + "no rules";
            String detail = now.isEmpty() ? none : process + now.count() + " rules, sha256 " + now.sha256();
            String before = (String) entities
                    .createNativeQuery("select detail from audit_event where kind = :kind and subject = :source"
                            + " and starts_with(detail, :process) order by id desc limit 1")
                    .setParameter("kind", EventKind.RULES_FOLLOWED.name())
                    .setParameter("source", source.id())
                    .setParameter("process", process)
                    .getResultList()
                    .stream()
                    .findFirst()
                    .orElse(houseHasRules() ? null : none);
            if (!detail.equals(before)) {
                audit.append(EventKind.RULES_FOLLOWED, null, source.id(), detail);
            }
        }
    }
}
