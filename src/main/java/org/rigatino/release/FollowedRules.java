package org.rigatino.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RuleText;
import org.rigatino.rule.RulesInForce;
import org.rigatino.rule.RulesOnRecord;

/** The rules of the house by which images are let in: those of the workers that are alive, and not those of who is asked. */
@ApplicationScoped
public class FollowedRules {
    /** Of a worker that has not told, as one of an older version. */
    private static final String UNTOLD = "?";

    private static final int SHORT = 12;

    @Inject
    Session entities;

    @Inject
    RulesInForce own;

    @Inject
    RulesOnRecord texts;

    @Inject
    Presence presence;

    /**
     * What workers follow.
     *
     * @param rules each once, and those of this process where some cannot be told, or no worker is alive
     * @param apart who follows which, where they are not all the same or one cannot be told; empty where they are
     */
    record Followed(List<HouseRules> rules, String apart) {}

    @Transactional
    Followed now() {
        Map<String, String> hosts = hosts();
        if (hosts.isEmpty()) {
            return new Followed(List.of(own.latest()), "");
        }
        List<HouseRules> read = new ArrayList<>();
        List<String> told = new ArrayList<>();
        hosts.forEach((sha256, of) -> {
            Optional<HouseRules> rules = read(sha256);
            rules.ifPresent(read::add);
            told.add(of + ": " + name(sha256, rules.isPresent()));
        });
        boolean same = told.size() == 1 && read.size() == 1;
        if (read.size() < told.size()) {
            read.add(own.latest());
        }
        return new Followed(read, same ? "" : String.join("; ", told));
    }

    /** Who else follows which, where any worker follows others than this process or has not told; empty where none does. */
    @Transactional
    public Optional<RuleText> apart() {
        Map<String, String> hosts = hosts(presence.worker());
        String here = own.latest().sha256();
        if (hosts.keySet().stream().allMatch(here::equals)) {
            return Optional.empty();
        }
        return Optional.of(RuleText.workersApart(
                name(here, true),
                hosts.entrySet().stream()
                        .map(entry -> entry.getValue() + ": " + name(entry.getKey(), true))
                        .collect(Collectors.joining("; "))));
    }

    private Map<String, String> hosts() {
        return hosts("");
    }

    /**
     * Hosts of those that are alive, by the digest of what they follow.
     *
     * @param but a worker that does not count
     */
    private Map<String, String> hosts(String but) {
        Map<String, String> hosts = new LinkedHashMap<>();
        entities.createNativeQuery(
                        "select coalesce(rules, :untold), string_agg(distinct host, ', ' order by host)"
                                + " from release_at_worker where seen_at > now() - make_interval(secs => :alive)"
                                + " and worker <> :but group by 1 order by 1",
                        Object[].class)
                .setParameter("but", but)
                .setParameter("untold", UNTOLD)
                .setParameter("alive", (double) Presence.ALIVE.toSeconds())
                .getResultList()
                .forEach(row -> hosts.put((String) row[0], (String) row[1]));
        return hosts;
    }

    private Optional<HouseRules> read(String sha256) {
        if (sha256.isEmpty()) {
            return Optional.of(HouseRules.NONE);
        }
        HouseRules here = own.latest();
        if (here.sha256().equals(sha256)) {
            return Optional.of(here);
        }
        try {
            return texts.text(sha256).map(HouseRules::draft);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String name(String sha256, boolean known) {
        if (sha256.isEmpty()) {
            return "no rules";
        }
        if (sha256.equals(UNTOLD)) {
            return "rules that it has not told";
        }
        return "rules " + sha256.substring(0, SHORT) + (known ? "" : ", which cannot be read here");
    }
}
