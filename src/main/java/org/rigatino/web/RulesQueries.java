package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rigatino.deliver.DestinationsInForce;
import org.rigatino.release.FollowedRules;
import org.rigatino.release.ReleaseView;
import org.rigatino.release.ReleasesOnRecord;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RuleWarning;
import org.rigatino.rule.RuleWarningKind;
import org.rigatino.rule.RulesInForce;
import org.rigatino.rule.RulesTrial;
import org.rigatino.rule.RulesTried;
import org.rigatino.rule.RulesView;

/** The rules of the house beside what they name. */
@ApplicationScoped
public class RulesQueries {
    @Inject
    RulesInForce rules;

    @Inject
    ReleasesOnRecord releases;

    @Inject
    FollowedRules followed;

    @Inject
    DestinationsInForce destinations;

    @Inject
    RulesTrial trial;

    public RulesView view() {
        return rules.view(warnings(rules.latest()), followed.apart());
    }

    /**
     * As {@link RulesTrial#of}.
     *
     * @param draft a file of rules that answers in place of those in force
     */
    public RulesTried tried(String callingAeTitle, InputStream file, Optional<byte[]> draft) throws IOException {
        HouseRules answering = trial.rules(draft);
        List<RuleWarning> warnings = warnings(answering);
        RulesTried tried = trial.of(answering, callingAeTitle, file);
        return draft.isPresent() ? tried.withAll(warnings) : tried.warned(warnings);
    }

    private List<RuleWarning> warnings(HouseRules now) {
        List<RuleWarning> warnings = new ArrayList<>();
        if (!now.isEmpty()) {
            warnings.addAll(ofReleases(now, releases.all()));
            warnings.addAll(now.neverDeciding());
            warnings.addAll(now.againstDestinations(destinations.objects()));
        }
        return warnings;
    }

    /** Before a worker has told of any release nothing is known of them. */
    private static List<RuleWarning> ofReleases(HouseRules now, List<ReleaseView> all) {
        List<String> serving = all.stream()
                .filter(ReleaseView::serves)
                .map(ReleaseView::getModel)
                .toList();
        List<RuleWarning> warnings = new ArrayList<>();
        if (!all.isEmpty()) {
            warnings.addAll(now.withoutServing(serving));
        }
        all.stream().filter(release -> !release.serves()).forEach(shadow -> shadow.keptOutBy()
                .forEach(rule -> warnings.add(
                        new RuleWarning(RuleWarningKind.PROMOTION_KEEPS_OUT, rule, List.of(shadow.getModel())))));
        return warnings;
    }
}
