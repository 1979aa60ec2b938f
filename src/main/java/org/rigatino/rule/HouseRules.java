package org.rigatino.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.result.ObjectKind;

/** All rules of the house, in the order of their file. Immutable. */
public final class HouseRules {
    /** Nothing is said of any image. */
    public static final HouseRules NONE = new HouseRules(List.of(), "", new byte[0]);

    private final List<HouseRule> rules;
    private final String sha256;
    private final byte[] text;

    /**
     * @param text the file's bytes
     * @param sha256 of the file's bytes, in hex; empty where there is none
     * @throws IllegalArgumentException where two have one name
     */
    HouseRules(List<HouseRule> rules, String sha256, byte[] text) {
        Set<String> names = new HashSet<>();
        for (HouseRule rule : rules) {
            if (!names.add(rule.name())) {
                throw RuleReason.SAME_NAME.wrong(rule.name());
            }
        }
        this.rules = List.copyOf(rules);
        this.sha256 = sha256;
        this.text = text;
    }

    /** @throws IllegalArgumentException in one line that names the setting, the file, and what is wrong in it */
    public static HouseRules read(RulesConfiguration configuration) {
        return configuration.file().map(RulesFile::read).orElse(NONE);
    }

    /**
     * Rules that nobody follows yet.
     *
     * @throws IllegalArgumentException as {@link #read}
     */
    public static HouseRules draft(byte[] text) {
        return RulesFile.draft(text);
    }

    /** What one rule answers of an image. */
    public record Answer(
            String rule,
            Fit fit,
            @Schema(type = SchemaType.ARRAY, implementation = String.class) List<RuleText> why,
            @Schema(type = SchemaType.ARRAY, implementation = String.class) List<RuleText> says) {}

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    public int count() {
        return rules.size();
    }

    /** Of the file's bytes, in hex; empty where there is none. */
    public String sha256() {
        return sha256;
    }

    /** The file's bytes; none where there is none. */
    byte[] text() {
        return text.clone();
    }

    public Ruling of(Subject subject) {
        if (rules.isEmpty()) {
            return Ruling.NOTHING_SAID;
        }
        List<Fit> fits =
                rules.stream().map(rule -> rule.when().of(subject).fit()).toList();
        return new Ruling(
                decide(subject, fits, HouseRule::releasesThatMayLook),
                decide(subject, fits, HouseRule::destinationsThatReceive),
                decide(subject, fits, HouseRule::howSoon));
    }

    private <T> Decision<T> decide(Subject subject, List<Fit> fits, Function<HouseRule, Optional<T>> says) {
        for (int i = 0; i < rules.size(); i++) {
            HouseRule rule = rules.get(i);
            Optional<T> said = says.apply(rule);
            if (said.isPresent() && fits.get(i) == Fit.UNKNOWN) {
                return Decision.undecided(rule, subject);
            }
            if (said.isPresent() && fits.get(i) == Fit.FITS) {
                return Decision.by(rule, said.get());
            }
        }
        return Decision.none();
    }

    /** Of every rule, for who tries them. */
    public List<Answer> answers(Subject subject) {
        return rules.stream()
                .map(rule -> {
                    Condition.Answer answer = rule.when().of(subject);
                    return new Answer(rule.name(), answer.fit(), answer.why(), says(rule));
                })
                .toList();
    }

    List<RulesView.Described> described() {
        return rules.stream()
                .map(rule -> new RulesView.Described(rule.name(), rule.when().asks(), says(rule)))
                .toList();
    }

    private static List<RuleText> says(HouseRule rule) {
        return Stream.of(
                        rule.releasesThatMayLook().map(RuleText::mayLook),
                        rule.destinationsThatReceive().map(RuleText::received),
                        rule.howSoon().map(RuleWords.URGENCY::of))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * @param models NAME/VERSION of every release that is at hand
     * @throws IllegalArgumentException where a rule lets one look that there is not: its images would all be refused
     */
    public void requireReleases(List<String> models) {
        for (HouseRule rule : rules) {
            for (String name : rule.releasesThatMayLook().orElse(List.of())) {
                if (models.stream().noneMatch(model -> Ruling.isNamed(name, model))) {
                    throw RuleReason.NO_RELEASE.wrong(rule.name(), name, String.join(", ", models));
                }
            }
        }
    }

    /**
     * Rules by which images would be looked at by nobody any more.
     *
     * @param model NAME/VERSION of a release that looks now
     * @param instead NAME/VERSION of those that would look in its place
     * @return names of the rules that let it look and none of those
     */
    public List<String> lettingLook(String model, Collection<String> instead) {
        return reached(HouseRule::releasesThatMayLook).stream()
                .filter(rule -> rule.lets(model) && instead.stream().noneMatch(rule::lets))
                .map(HouseRule::name)
                .toList();
    }

    /**
     * Rules that name releases of which none serves: their images are refused.
     *
     * @param serving NAME/VERSION of those that do
     */
    public List<RuleWarning> withoutServing(Collection<String> serving) {
        return reached(HouseRule::releasesThatMayLook).stream()
                .filter(rule -> !rule.releases().isEmpty() && serving.stream().noneMatch(rule::lets))
                .map(rule -> new RuleWarning(RuleWarningKind.NO_RELEASE_SERVES, rule.name(), rule.releases()))
                .toList();
    }

    /**
     * Rules that send what is not taken, or to where nothing is in force.
     *
     * @param taken kinds of objects by every destination that is
     */
    public List<RuleWarning> againstDestinations(Map<String, Set<ObjectKind>> taken) {
        return reached(HouseRule::destinationsThatReceive).stream()
                .flatMap(rule -> rule.against(taken).stream())
                .toList();
    }

    /** Rules that stand behind one that is about every image and decides what they do. */
    public List<RuleWarning> neverDeciding() {
        List<RuleWarning> warnings = new ArrayList<>();
        warnings.addAll(unreached("releases", HouseRule::releasesThatMayLook));
        warnings.addAll(unreached("destinations", HouseRule::destinationsThatReceive));
        warnings.addAll(unreached("urgency", HouseRule::howSoon));
        return warnings;
    }

    private List<RuleWarning> unreached(String question, Function<HouseRule, ? extends Optional<?>> says) {
        List<HouseRule> reached = reached(says);
        return rules.stream()
                .filter(rule -> says.apply(rule).isPresent() && !reached.contains(rule))
                .map(rule -> new RuleWarning(
                        RuleWarningKind.NEVER_DECIDES,
                        rule.name(),
                        List.of(question, reached.get(reached.size() - 1).name())))
                .toList();
    }

    /** Rules that decide a question, but for those behind one that is about every image. */
    private List<HouseRule> reached(Function<HouseRule, ? extends Optional<?>> says) {
        List<HouseRule> reached = new ArrayList<>();
        for (HouseRule rule : rules) {
            if (says.apply(rule).isPresent()) {
                reached.add(rule);
                if (rule.when().isAlways()) {
                    break;
                }
            }
        }
        return reached;
    }

    /** Whether any says where what is made of an image goes. */
    public boolean decideDestinations() {
        return rules.stream().anyMatch(rule -> rule.destinationsThatReceive().isPresent());
    }
}
