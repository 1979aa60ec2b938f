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
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
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
    private volatile String problem;

    /** Before anybody asks. @throws IllegalArgumentException where the file is wrong */
    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        follow(read());
    }

    /** As they were two seconds ago at most. */
    public HouseRules latest() {
        return rules;
    }

    /** Why the file that is there now is not followed; empty where it is. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    public RulesView view() {
        return new RulesView(rules.sha256(), problem, rules.described());
    }

    /** A file that is wrong is told once, and the rules of before stay. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            HouseRules now = read();
            problem = null;
            if (!now.sha256().equals(rules.sha256())) {
                follow(now);
            }
        } catch (IllegalArgumentException e) {
            if (!e.getMessage().equals(problem)) {
                LOG.errorf("%s. The rules of before stay in force", e.getMessage());
            }
            problem = e.getMessage();
        }
    }

    private HouseRules read() {
        HouseRules read = HouseRules.read(configuration);
        List<String> models = models();
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

    /** What this process has followed, in the trail. */
    @ApplicationScoped
    static class Followed {
        @Inject
        EntityManager entities;

        @Inject
        AuditTrail audit;

        @Inject
        AuditSource source;

        /** A row where they differ from those that the process followed last. */
        @Transactional
        void record(HouseRules now) {
            String detail = now.isEmpty() ? "no rules" : now.count() + " rules, sha256 " + now.sha256();
            String before = (String) entities.createNativeQuery(
                            "select detail from audit_event where kind = :kind and subject = :source order by id desc limit 1")
                    .setParameter("kind", EventKind.RULES_FOLLOWED.name())
                    .setParameter("source", source.id())
                    .getResultStream()
                    .findFirst()
                    .orElse("no rules");
            if (!detail.equals(before)) {
                audit.append(new AuditTrail.Event(EventKind.RULES_FOLLOWED, null, source.id(), detail)
                        .by(AuditSource.account())
                        .from(AuditSource.host()));
            }
        }
    }
}
