package org.rigatino.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.rigatino.answer.Proportion;
import org.rigatino.answer.ReleaseAnswers;
import org.rigatino.answer.Tally;
import org.rigatino.monitor.Drift;
import org.rigatino.release.Comparison;
import org.rigatino.restore.ReleaseMetrics;
import org.rigatino.web.ModelView;

/**
 * What the page tells of a release.
 *
 * @param card the model card, HTML of {@link ModelCard}; null where there is none
 * @param answers of people to its findings; null where the list of releases is shown
 * @param comparisons with those that serve for such images; none where it serves, or is not compared for the visitor
 */
public record ModelContents(
        ModelView model, String card, ReleaseAnswers.Counted answers, List<Comparison> comparisons) {
    /** A row of the list of releases. */
    static ModelContents listed(ModelView model) {
        return new ModelContents(model, null, null, List.of());
    }

    public List<EligibilityRule> rules() {
        return EligibilityRule.of(model.eligibility(), model.likeness());
    }

    public List<Measure> measures() {
        return Measure.of(metrics());
    }

    public List<Measure> baselines() {
        return Measure.baselines(metrics());
    }

    private Map<String, Object> metrics() {
        return model.metrics() == null ? Map.of() : model.metrics();
    }

    /** Of the evaluation, as it was recorded. */
    public String measured(String name) {
        return String.valueOf(metrics().getOrDefault(name, "–"));
    }

    /** Why the numbers are not those of what it serves. */
    public List<String> caveats() {
        return ReleaseMetrics.caveats(metrics());
    }

    /** The image AUROC; null where it was not measured, or not on what it serves. */
    public Measure auroc() {
        return measures().stream()
                .filter(measure -> caveats().isEmpty())
                .filter(measure -> measure.name().equals("image_auroc"))
                .findFirst()
                .orElse(null);
    }

    public ScorePlot plot() {
        ModelView.Live live = model.live();
        return new ScorePlot(
                live.bins(),
                live.normals(),
                live.images() == 0 ? null : live.scores(),
                model.calibration().threshold(),
                null,
                List.of());
    }

    /** How far back the images of late go. */
    public Duration window() {
        return Duration.ofSeconds(model.live().windowSeconds());
    }

    /** How far back the studies of late go. */
    public Duration judgedWindow() {
        return Duration.ofSeconds(model.studies().windowSeconds());
    }

    /** Of 100 normal studies. */
    public String promised(Language language) {
        return Texts.perHundred(model.studies().falseAlarms(), language);
    }

    /** Of 100 studies of late. */
    public String observed(Language language) {
        ModelView.Studies studies = model.studies();
        return Texts.perHundred((double) studies.flagged() / studies.judged(), language);
    }

    /** Studies flagged a day, as of late. */
    public String flaggedADay(Language language) {
        return Texts.decimals(model.studies().flagged() / model.studies().days(), language);
    }

    /** As many at most, were all of them normal. */
    public String falseADay(Language language) {
        ModelView.Studies studies = model.studies();
        return Texts.decimals(studies.falseAlarms() * studies.judged() / studies.days(), language);
    }

    /** Of the normal images, below the threshold, in percent. */
    public double specificity() {
        return 100 * model.calibration().specificity();
    }

    /** Images that drift can be judged by. */
    public int enough() {
        return Drift.ENOUGH;
    }

    /** Share in percent with its interval; a dash where nothing was counted. */
    private static String told(Proportion proportion, Language language) {
        return proportion == null
                ? "–"
                : String.format(
                        language.locale(),
                        "%d/%d = %.1f %% (%.1f–%.1f %%)",
                        proportion.count(),
                        proportion.all(),
                        100 * proportion.share(),
                        100 * proportion.low(),
                        100 * proportion.high());
    }

    public String predictive(Tally tally, Language language) {
        return told(tally.getPredictiveValue(), language);
    }

    public String agreement(Tally tally, Language language) {
        return told(tally.getAgreement(), language);
    }
}
